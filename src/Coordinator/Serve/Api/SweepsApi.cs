using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Sweeps: the list, and one with what it runs and where it stands.</summary>
internal sealed class SweepsApi : IApiPart
{
    private const string Order = "submitted";

    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder sweeps = api.MapGroup("/sweeps").WithTags("sweeps");
        sweeps.MapGet("/", ListAsync).RequireRateLimiting(Security.AccessServices.Search).WithName("list_sweeps").WithSummary("Sweeps, the latest first, page by page.");
        sweeps.MapGet("/{sweep}", GetAsync).WithName("get_sweep").WithSummary("A sweep: what it runs, and where it stands.");
        sweeps.MapGet("/{sweep}/status", StatusAsync).RequireRateLimiting(Security.AccessServices.Charts).WithName("get_status").WithSummary("Where a sweep stands with some of its experiments: the object of `catgan status --json`.").Produces<SweepStatus>();
        sweeps.MapGet("/{sweep}/spec", SpecAsync).WithName("get_spec").WithSummary("The spec as it was submitted, in YAML.").Text(SpecBody.Yaml);
    }

    private static async Task<SweepPage> ListAsync(
        SweepCatalog catalog, SweepBoard board, Storage.IBlobStore store, [FromQuery] string[]? tag, string? name, [FromQuery] string[]? state, [FromQuery] string[]? variant, [FromQuery] string[]? where,
        int? limit, string? cursor, CancellationToken cancellationToken)
    {
        int size = Paging.Limit(limit);
        SweepFilter filter = new() { Tags = tag ?? [], Name = name, States = SweepFilter.CheckStates("state", state ?? []), Variants = variant ?? [] };
        IEnumerable<FoundSweep> found = await catalog.FindAsync(filter, cancellationToken);
        if (Cursor.Read(cursor, Order, ColumnKind.Whole) is { } from)
        {
            long ticks = from.Value as long? ?? throw Cursor.None();
            found = found.SkipWhile(f => f.Entry.SubmittedAt.UtcTicks > ticks || f.Entry.SubmittedAt.UtcTicks == ticks && string.CompareOrdinal(f.Entry.Id, from.Key) >= 0);
        }
        SweepSearch search = new(filter, [.. (where ?? []).Select(ResultCondition.Parse)]);
        List<string> notes = [];
        FoundSweep[] page = search.Where.Count == 0 ? [.. found.Take(size + 1)] : await HavingAsync(board, found, search, size + 1, Note, cancellationToken);
        string? next = page.Length > size ? new Cursor(Order, page[size - 1].Entry.SubmittedAt.UtcTicks, page[size - 1].Entry.Id).Write() : null;
        return new([.. page.Take(size).Select(f => Row(store, f))], next, notes);

        void Note(FoundSweep unread)
        {
            if (Row(store, unread).Saying() is { } note)
                notes.Add(note);
        }
    }

    private static SweepRow Row(Storage.IBlobStore store, FoundSweep found)
    {
        SweepRow row = SweepRow.Of(found);
        return row.Fault is { } fault ? row with { Fault = Problems.WithoutPaths(store, fault) } : row;
    }

    private static async Task<FoundSweep[]> HavingAsync(SweepBoard board, IEnumerable<FoundSweep> found, SweepSearch search, int most, Action<FoundSweep> unread, CancellationToken cancellationToken)
    {
        List<FoundSweep> having = [];
        foreach (FoundSweep sweep in found)
        {
            try
            {
                if (sweep.Summary is null)
                    unread(sweep);
                else if (await board.GlanceAsync(sweep.Entry.Id, cancellationToken) is { } view && search.Has(view.Table))
                    having.Add(sweep);
            }
            catch (Exception damaged) when (StoredSweep.IsDamage(damaged))
            {
                unread(sweep.Damaged(damaged));
            }
            if (having.Count == most)
                break;
        }
        return [.. having];
    }

    private static async Task<SweepDto> GetAsync(SweepBoard board, string sweep, CancellationToken cancellationToken)
    {
        (TrackedSweep tracked, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        return SweepDto.Of(view, await tracked.LiveAsync(view, cancellationToken));
    }

    private static async Task<ContentHttpResult> StatusAsync(SweepBoard board, Storage.IBlobStore store, string sweep, int? from, int? count, [FromQuery(Name = "live_only")] bool? liveOnly, CancellationToken cancellationToken)
    {
        (TrackedSweep tracked, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        StatusRequest page = new(from ?? 1, Math.Clamp(count ?? Paging.Most, 0, SweepDefinition.MaxExperiments), liveOnly ?? false);
        SweepStatus status = await LastScores.FillAsync(store, await tracked.StatusAsync(view, page, cancellationToken), cancellationToken, view.Definition.Objective.Metric);
        return TypedResults.Content(Watching.JsonView.Write(status), "application/json");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> SpecAsync(SweepBoard board, Storage.IBlobStore store, string sweep, CancellationToken cancellationToken)
    {
        _ = await board.GetAsync(sweep, cancellationToken);
        return await Storage.BlobStoreExtensions.ReadTextAsync(store, StoreLayout.Spec(sweep), cancellationToken) is { } text
            ? TypedResults.Content(text, "application/yaml; charset=utf-8")
            : throw new UserException(ExitCode.NotFound, $"the spec of {sweep} is not in {store.Uri}");
    }
}
