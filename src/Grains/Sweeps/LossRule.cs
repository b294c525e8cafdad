using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// Ends an experiment that cannot be trained though no attempt of it fails: one that takes its silo down each time (a
/// fault in native code leaves no exception), or whose checkpoint or data the store never gives. Without it, such a
/// one would keep its sweep from ever ending.
/// </summary>
internal static class LossRule
{
    /// <summary>Losses in a row, without a checkpoint in between, after which an experiment is given up.</summary>
    public const int MostLosses = 10;

    /// <summary>How the reason begins when a worker vanished, as opposed to a pause or a hand-back.</summary>
    public const string WorkerLost = "its worker was lost";

    /// <summary>How the reason begins when an attempt was handed back because of the store.</summary>
    public const string StoreFailed = "the store failed";

    /// <summary>Why the experiment is given up; null when it may be tried.</summary>
    public static string? Verdict(Experiment experiment)
    {
        Attempt[] losses =
        [
            .. experiment.Attempts.Reverse()
                .SkipWhile(a => a.EndedAt is null)
                .TakeWhile(a => Counts(a.LostBecause) && !experiment.Checkpoints.Any(c => c.Epoch == a.Epoch)),
        ];
        if (losses.Length < MostLosses)
            return null;
        return losses[0].LostBecause!.StartsWith(StoreFailed, StringComparison.Ordinal)
            ? $"{losses.Length} attempts in a row were lost without a checkpoint in between; of the last one, {losses[0].LostBecause}"
            : $"its worker was lost {losses.Length} times in a row without a checkpoint in between; the silos' logs may say why";
    }

    private static bool Counts(string? reason) =>
        reason is not null && (reason.StartsWith(WorkerLost, StringComparison.Ordinal) || reason.StartsWith(StoreFailed, StringComparison.Ordinal));
}
