using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Report;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Security;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>A sweep's report. Reading it leaves nothing behind; an operator may write it into the store.</summary>
internal sealed class ReportApi : IApiPart
{
    private const string Html = "text/html; charset=utf-8";

    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder report = api.MapGroup("/sweeps/{sweep}/report").RequireRateLimiting(AccessServices.Heavy).WithTags("results");
        report.MapGet("/", GetAsync).WithName("get_report").WithSummary("The report, a page of HTML: as it was written after the sweep's end, else made for this answer, always so with `fresh`.").Blob("text/html", Answers.Text);
        report.MapPost("/", PostAsync).WithName("write_report").RequireAuthorization(Roles.Operator).WithSummary("Writes the report anew into the store, and answers with it.").Text("text/html");
    }

    private static async Task<IResult> GetAsync(SweepBoard board, IBlobStore store, Surroundings surroundings, HttpContext context, string sweep, bool? fresh, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        if (fresh != true && await IsLastAsync(store, view, cancellationToken))
            return Shown(context, await BlobResult.OpenAsync(store, context, StoreLayout.Report(sweep), Html, "private, no-cache", null, $"{sweep} has no report any more", cancellationToken));
        return Shown(context, TypedResults.Content(await MakeAsync(Writer(store, surroundings), store, context, sweep, cancellationToken), Html));
    }

    private static async Task<IResult> PostAsync(SweepBoard board, IBlobStore store, Surroundings surroundings, HttpContext context, string sweep, CancellationToken cancellationToken)
    {
        _ = await board.GetAsync(sweep, cancellationToken);
        ReportWriter writer = Writer(store, surroundings);
        string page = await MakeAsync(writer, store, context, sweep, cancellationToken);
        await writer.KeepAsync(sweep, page, cancellationToken);
        return Shown(context, TypedResults.Content(page, Html));
    }

    // Who reads it has come by this server, and may know no way to the store.
    private static async Task<string> MakeAsync(ReportWriter writer, IBlobStore store, HttpContext context, string sweep, CancellationToken cancellationToken) =>
        await writer.RenderAsync(sweep, $"{context.Request.Scheme}://{context.Request.Host}", cancellationToken) ?? throw StoredSweep.NoSweep(store, sweep);

    /// <summary>True when the report in the store was written after the sweep had ended, so that it has all of it.</summary>
    private static async Task<bool> IsLastAsync(IBlobStore store, SweepView view, CancellationToken cancellationToken) =>
        view.Summary is { Stage: SweepStage.Finished or SweepStage.Cancelled, EndedAt: { } ended }
        && await store.GetInfoAsync(StoreLayout.Report(view.Id), cancellationToken) is { } written && written.LastModified >= ended;

    private static ReportWriter Writer(IBlobStore store, Surroundings surroundings) => new(store, surroundings.Time, CacheFolder.Of(surroundings));

    // It has styles of its own, and runs nothing.
    private static IResult Shown(HttpContext context, IResult report)
    {
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Sandbox;
        return report;
    }
}
