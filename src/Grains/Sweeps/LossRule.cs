using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// Ends an experiment that takes its silo down each time (a fault in native code leaves no exception): without it,
/// such a one would keep its sweep from ever ending.
/// </summary>
internal static class LossRule
{
    /// <summary>Losses in a row, without a checkpoint in between, after which an experiment is given up.</summary>
    public const int MostLosses = 10;

    /// <summary>How the reason begins when a worker vanished, as opposed to a pause or a hand-back.</summary>
    public const string WorkerLost = "its worker was lost";

    /// <summary>Why the experiment is given up; null when it may be tried.</summary>
    public static string? Verdict(Experiment experiment)
    {
        int losses = experiment.Attempts.Reverse()
            .SkipWhile(a => a.EndedAt is null)
            .TakeWhile(a => a.LostBecause?.StartsWith(WorkerLost, StringComparison.Ordinal) == true
                && !experiment.Checkpoints.Any(c => c.Epoch == a.Epoch))
            .Count();
        return losses < MostLosses
            ? null
            : $"its worker was lost {losses} times in a row without a checkpoint in between; the silos' logs may say why";
    }
}
