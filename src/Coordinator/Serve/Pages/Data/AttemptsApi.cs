using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Live;
using CatGan.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>Every attempt of a sweep: what each slot did when.</summary>
internal sealed class AttemptsApi : IApiPart
{
    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api) => api.MapGet("/sweeps/{sweep}/attempts", GetAsync).RequireRateLimiting(Security.AccessServices.Charts).WithName("list_attempts").WithTags("experiments")
        .WithSummary("Every attempt with its GPU worker, from when to when, and how it was over: the timeline of the slots.");

    private static async Task<AttemptRowDto[]> GetAsync(SweepBoard board, string sweep, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        return [.. All(view).OrderBy(a => a.From)];
    }

    /// <summary>Every attempt of a sweep.</summary>
    public static IEnumerable<AttemptRowDto> All(SweepView view) => view.Experiments.SelectMany(e => e.Attempts.Select(a => Row(view, e, a)));

    private static AttemptRowDto Row(SweepView view, Experiment experiment, Attempt attempt)
    {
        bool last = attempt.Epoch == experiment.Epoch;
        string how = attempt switch
        {
            { EndedAt: null } => "running",
            { Cause: LossCause.Left } => "left",
            { LostBecause: not null } => "lost",
            _ => last && Report.Verdict.Of(view.Record.Experiments[experiment.Number - 1]).Class == "v-bad" ? "bad" : "ended",
        };
        return new(experiment.Number, attempt.Epoch, attempt.Worker, attempt.StartedAt, attempt.EndedAt, how, attempt.LostBecause, attempt.Alone);
    }
}

/// <summary>An attempt on the timeline.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Epoch">The attempt.</param>
/// <param name="Worker">The GPU worker.</param>
/// <param name="From">When it started.</param>
/// <param name="To">When it was over; null while it runs.</param>
/// <param name="How">running, ended, bad (its experiment failed), left (in order) or lost.</param>
/// <param name="Why">Why it left or was lost; null otherwise.</param>
/// <param name="Alone">True when it had its silo for itself, because it was under suspicion of taking processes down.</param>
internal sealed record AttemptRowDto(int Experiment, int Epoch, string Worker, DateTimeOffset From, DateTimeOffset? To, string How, string? Why, bool Alone);
