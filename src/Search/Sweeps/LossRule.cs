using System.Globalization;

namespace CatGan.Search;

/// <summary>
/// What becomes of an experiment whose attempts are lost. Only attempts since its last checkpoint count: a new
/// checkpoint clears every suspicion, as does a person who lets it go again, and attempts that left in order say nothing.
/// </summary>
/// <remarks>
/// A worker that vanished may have been taken down by any experiment of its silo (a fault in native code leaves no
/// exception). So losses beside others make a suspect, which then runs alone; only losses of lone attempts are a
/// verdict. An attempt that threw is tried once more elsewhere: it may have been the machine. A store that fails is
/// waited out by attempts; many of them in a row lost to it mean that it never gives what this experiment needs.
/// </remarks>
public static class LossRule
{
    /// <summary>Lost workers since the last checkpoint after which an experiment runs alone.</summary>
    public const int LossesUntilAlone = 2;

    /// <summary>Lone attempts that were lost with their worker after which it is given up.</summary>
    public const int MostLoneLosses = 3;

    /// <summary>Attempts that threw after which it is given up.</summary>
    public const int MostFailures = 2;

    /// <summary>Attempts handed back because of the store after which it is given up.</summary>
    public const int MostStoreFailures = 10;

    /// <summary>How the reason begins when a worker vanished.</summary>
    public const string WorkerLost = "its worker was lost";

    /// <summary>How the reason begins when an attempt was handed back because of the store.</summary>
    public const string StoreFailed = "the store failed";

    internal static LossCause CauseOf(string reason) =>
        reason.StartsWith(WorkerLost, StringComparison.Ordinal) ? LossCause.WorkerLost
        : reason.StartsWith(StoreFailed, StringComparison.Ordinal) ? LossCause.StoreFailed
        : LossCause.Left;

    internal static int Losses(Experiment experiment) => Since(experiment).Count(a => a.Cause == LossCause.WorkerLost);

    internal static bool MustBeAlone(Experiment experiment) => Losses(experiment) >= LossesUntilAlone;

    /// <summary>Why the experiment is given up; null when it may be tried again.</summary>
    internal static string? Verdict(Experiment experiment)
    {
        Attempt[] since = [.. Since(experiment)];
        Attempt[] lost = [.. since.Where(a => a.Cause == LossCause.WorkerLost)];
        // A checkpoint before the exception says nothing of it: that attempt counts too.
        Attempt[] threw = [.. Since(experiment, andItsAttempt: true).Where(a => a.Cause == LossCause.Failed)];
        Attempt[] unstored = [.. since.Where(a => a.Cause == LossCause.StoreFailed)];
        if (lost.Count(a => a.Alone) >= MostLoneLosses)
            return $"its worker was lost {lost.Length} times without a checkpoint in between, {lost.Count(a => a.Alone)} times while nothing else ran "
                + $"on its silo: {string.Join(", ", lost.Reverse().Select(Describe))}; of the last one: {lost[0].LostBecause}";
        if (threw.Length >= MostFailures)
            return $"{threw[0].LostBecause} (tried {threw.Length} times: {string.Join(", ", threw.Reverse().Select(Describe))})";
        if (unstored.Length >= MostStoreFailures)
            return $"{unstored.Length} attempts were lost without a checkpoint in between; of the last one, {unstored[0].LostBecause}";
        return null;
    }

    /// <summary>The attempts after the one that wrote the last checkpoint, newest first.</summary>
    private static IEnumerable<Attempt> Since(Experiment experiment, bool andItsAttempt = false)
    {
        int saved = (experiment.LastCheckpoint?.Epoch ?? 0) - (andItsAttempt ? 1 : 0);
        for (int epoch = experiment.Epoch; epoch > Math.Max(experiment.RetriedAfter, saved); epoch--)
            yield return experiment.Attempts[epoch - 1];
    }

    private static string Describe(Attempt attempt) => string.Create(
        CultureInfo.InvariantCulture,
        $"attempt {attempt.Epoch} on {attempt.Worker} from {attempt.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {attempt.EndedAt?.UtcDateTime:HH:mm:ss} UTC");
}
