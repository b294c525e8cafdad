using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>
/// The last scores of experiments that were begun and do not run. The journal has full scores only, and a silo forgets
/// the quick ones when it ends; the curves in the store have them all.
/// </summary>
internal static class LastScores
{
    private const int AtOnce = 16;

    /// <summary>The status with every score that the curves can tell and the status does not.</summary>
    /// <param name="store">The store.</param>
    /// <param name="status">The status.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="metric">What the sweep's experiments are compared by; null to look it up.</param>
    public static async Task<SweepStatus> FillAsync(IBlobStore store, SweepStatus status, CancellationToken cancellationToken, string? metric = null)
    {
        int[] missing = [.. status.Experiments.Select((e, i) => (Experiment: e, Index: i)).Where(e => IsMissing(e.Experiment)).Select(e => e.Index)];
        if (missing.Length == 0 || (metric ?? (await StoredSweep.LoadAsync(store, status.Sweep, cancellationToken))?.Definition.Objective.Metric) is not { } known)
            return status;
        ExperimentStatus[] experiments = [.. status.Experiments];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(missing, options, async (i, token) =>
            experiments[i] = experiments[i] with { Score = await LastAsync(store, status.Sweep, experiments[i], known, token) });
        return status with { Experiments = [.. experiments] };
    }

    private static bool IsMissing(ExperimentStatus experiment) => experiment is { Score: null, Attempts: > 0, Phase: ExperimentPhase.Waiting or ExperimentPhase.Paused };

    private static async Task<double?> LastAsync(IBlobStore store, string sweep, ExperimentStatus experiment, string metric, CancellationToken cancellationToken)
    {
        for (int epoch = experiment.Attempts; epoch >= 1; epoch--)
        {
            byte[] text = await store.ReadBytesAsync(StoreLayout.Curve(sweep, experiment.Number, epoch), cancellationToken) ?? [];
            (ImmutableArray<CurvePoint> points, _) = CurveText.Read(text);
            if (points.LastOrDefault(p => p.Scores.ContainsKey(metric)) is { } last)
                return last.Scores[metric].Value;
        }
        return null;
    }
}
