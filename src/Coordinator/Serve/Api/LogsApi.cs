using System.Globalization;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>What happened in an experiment's attempts.</summary>
internal sealed class LogsApi : IApiPart
{
    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder logs = api.MapGroup("/sweeps/{sweep}/experiments/{number:int}/logs").WithTags("logs");
        logs.MapGet("/", ListAsync).WithName("list_logs").WithSummary("Attempts of an experiment that left a log.");
        api.MapGet("/sweeps/{sweep}/experiments/{number:int}/log", AllAsync).WithName("get_all_logs").WithTags("logs").WithSummary("What `catgan logs` prints: the logs of all attempts one after the other, or that of one `epoch`.").Text("text/plain");
        logs.MapGet("/{epoch:int}", GetAsync).WithName("get_log").WithSummary("The log of one attempt, as text.").Blob("text/plain", Answers.Text);
    }

    private static async Task<LogDto[]> ListAsync(SweepBoard board, ExperimentReader reader, string sweep, int number, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        Experiment experiment = ExperimentsApi.Find(view, number);
        IReadOnlyList<int> epochs = (await reader.ReadAsync(view, experiment, cancellationToken)).Logs;
        return [.. epochs.Select(e => new LogDto(e, string.Create(CultureInfo.InvariantCulture, $"{ApiCatalogue.Root}/sweeps/{sweep}/experiments/{number}/logs/{e}")))];
    }

    private static async Task<PushStreamHttpResult> AllAsync(SweepBoard board, IBlobStore store, string sweep, int number, int? epoch, CancellationToken cancellationToken)
    {
        _ = await board.GetAsync(sweep, cancellationToken);
        IReadOnlyList<AttemptLog> logs = await AttemptLogs.FindAsync(store, sweep, number, epoch, cancellationToken);
        return TypedResults.Stream(async destination =>
        {
            await using StreamWriter text = new(destination, leaveOpen: true);
            await AttemptLogs.WriteAsync(store, logs, text, cancellationToken);
        }, "text/plain; charset=utf-8");
    }

    private static async Task<IResult> GetAsync(SweepBoard board, IBlobStore store, HttpContext context, string sweep, int number, int epoch, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        Experiment experiment = ExperimentsApi.Find(view, number);
        if (epoch < 1 || epoch > experiment.Epoch)
            throw new UserException(ExitCode.NotFound, $"experiment {number} of {sweep} has no attempt {epoch}; it has {experiment.Epoch}");
        return await BlobResult.OpenAsync(
            store, context, StoreLayout.Log(sweep, number, epoch), "text/plain; charset=utf-8", "private, no-cache", null, $"experiment {number} of {sweep} has no log of epoch {epoch}", cancellationToken);
    }
}

/// <summary>A log.</summary>
/// <param name="Epoch">The attempt.</param>
/// <param name="Url">Where it is read.</param>
internal sealed record LogDto(int Epoch, string Url);
