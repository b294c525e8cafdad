using System.Collections.Immutable;

namespace CatGan.Search.Tests;

/// <summary>
/// Training without training: what an attempt reports depends on its experiment's configuration and seed alone, as it does
/// for the real one. A rung scores and saves; the end comes at the budget. <c>lr_d</c> 9 diverges at 600 images, 8 fails.
/// </summary>
internal static class FakeTrainer
{
    /// <summary>The next report of an attempt that has come this far; a rung counts as reached when it has been scored.</summary>
    public static SweepEvent Next(SweepDefinition definition, Experiment experiment, int epoch, long images, bool scored)
    {
        (int number, string lr) = (experiment.Number, experiment.Configuration.GetValueOrDefault("lr_d", "1"));
        long next = scored ? images : definition.Rungs.Append(definition.BudgetImages).First(r => r > images);
        if (lr == "9" && next > 600)
            return End(experiment, epoch, 600, ExperimentOutcome.Diverged, "loss_d is NaN at 600 images", null);
        if (lr == "8")
            return End(experiment, epoch, 0, ExperimentOutcome.Failed, "no such file", null);
        if (next == definition.BudgetImages)
            return End(experiment, epoch, next, ExperimentOutcome.Completed, null, Score(experiment, next));
        return scored ? TestDefinitions.Saved(number, next, epoch) : TestDefinitions.Rung(number, next, Score(experiment, next), epoch);
    }

    /// <summary>Some number between 0 and 1 that is always the same.</summary>
    private static double Score(Experiment experiment, long images) =>
        new SearchRandom(unchecked((ulong)experiment.Seed + ((ulong)images << 20))).NextDouble();

    private static ExperimentEnded End(Experiment experiment, int epoch, long images, ExperimentOutcome outcome, string? reason, double? swd) =>
        TestDefinitions.Ended(experiment.Number, swd, outcome, epoch, reason) with
        {
            Images = images,
            Flags = ImmutableSortedDictionary<string, string>.Empty.Add("fake", "always"),
        };
}
