namespace CatGan.Search.Pruners;

/// <summary>What pruners ask of an experiment's state.</summary>
internal static class Fate
{
    /// <summary>True when it ended without a result through itself: pruners count it as the worst of the next rung.</summary>
    public static bool HasFailed(this Experiment experiment) =>
        experiment.Outcome is ExperimentOutcome.Diverged or ExperimentOutcome.OutOfMemory or ExperimentOutcome.Failed;

    /// <summary>True when it has no result, through itself or because a person cancelled it.</summary>
    public static bool HasNoResult(this Experiment experiment) => experiment.HasFailed() || experiment.Outcome == ExperimentOutcome.Cancelled;

    /// <summary>True while it has left at a rung and a promotion would let it go on.</summary>
    public static bool IsPromotable(this Experiment experiment) =>
        experiment is { Stage: ExperimentStage.Paused, PausedBy: PauseSource.Pruner };

    /// <summary>The experiment's full score at a rung, the first of those that belong to it; null when it has none there.</summary>
    public static Rung? ScoreOf(this Experiment experiment, SweepDefinition definition, int rung) =>
        experiment.Rungs.FirstOrDefault(r => definition.RungOf(r.Images) == rung);

    /// <summary>True when nothing that a pruner looks at has changed.</summary>
    public static bool IsSameFor(this Experiment experiment, Experiment before) =>
        experiment.Rungs == before.Rungs && experiment.Outcome == before.Outcome && experiment.IsPromotable() == before.IsPromotable();
}
