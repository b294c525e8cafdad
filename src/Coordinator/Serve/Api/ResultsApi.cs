using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Results of sweeps as <c>catgan results</c> writes them, and a sweep's report.</summary>
internal sealed class ResultsApi : IApiPart
{
    /// <summary>Header with what could not be read: a JSON array of sentences, percent-encoded.</summary>
    public const string NotesHeader = "Catgan-Notes";

    private const int MostNotes = 20;
    private const string Parquet = "application/vnd.apache.parquet";

    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/results", GetAsync).WithName("get_results").RequireRateLimiting(Security.AccessServices.Heavy).WithTags("results").WithSummary("A row an experiment of one sweep or several, as text, CSV, JSON or Parquet.")
            .Content(("application/json", Answers.Objects), ("text/csv", Answers.Text), ("text/plain", Answers.Text), (Parquet, Answers.Bytes));
        api.MapGet("/resolve", ResolveAsync).WithName("resolve_sweep").WithTags("sweeps").WithSummary("The one sweep that a person means: an id, the beginning of one, or `last`.");
    }

    private static async Task<IResult> GetAsync(
        HttpContext context, StoreDesk desk, IBlobStore store, [FromQuery] string[]? sweep, [FromQuery] string[]? tag, string? name, [FromQuery] string[]? state, [FromQuery] string[]? variant,
        [FromQuery] string[]? where, int? best, string? format, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse(format ?? "json", ignoreCase: true, out ResultsFormat wanted) || int.TryParse(format, out _))
            throw new UserException(ExitCode.BadInput, $"format is {format}, but must be text, csv, json or parquet");
        if (best < 1)
            throw new UserException(ExitCode.BadInput, $"best is {best}, but must be at least 1");
        SweepFilter filter = new() { Tags = tag ?? [], Name = name, States = SweepFilter.CheckStates("state", state ?? []), Variants = variant ?? [] };
        // Parquet is written at its end first, so that the whole of it is made before the answer begins.
        MemoryStream content = new();
        IReadOnlyList<string> notes = await desk.ResultsAsync(new(sweep ?? [], filter, [.. (where ?? []).Select(ResultCondition.Parse)], best, wanted), content, cancellationToken);
        Note(context, store, notes);
        content.Position = 0;
        return TypedResults.Stream(content, Type(wanted));
    }

    private static async Task<ResolvedDto> ResolveAsync(StoreDesk desk, string sweep, CancellationToken cancellationToken) => new(await desk.ResolveAsync(sweep, cancellationToken));

    /// <summary>Says something besides an answer that is no object.</summary>
    public static void Note(HttpContext context, IBlobStore store, IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
            context.Response.Headers[NotesHeader] = Uri.EscapeDataString(JsonSerializer.Serialize(notes.Take(MostNotes).Select(n => Problems.WithoutPaths(store, n))));
    }

    private static string Type(ResultsFormat format) => format switch
    {
        ResultsFormat.Csv => "text/csv; charset=utf-8",
        ResultsFormat.Json => "application/json",
        ResultsFormat.Parquet => Parquet,
        _ => "text/plain; charset=utf-8",
    };
}

/// <summary>The sweep that was meant.</summary>
/// <param name="Sweep">Its id.</param>
internal sealed record ResolvedDto(string Sweep);
