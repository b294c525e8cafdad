namespace CatGan.Search;

/// <summary>Which checkpoints of an experiment are kept: the newest, the best by full score, and those pinned by a person.</summary>
internal static class Retention
{
    /// <summary>
    /// The experiment with a checkpoint more. Those that hold as many images or more were written by an attempt before
    /// this one started again from further back; the new one takes their place.
    /// </summary>
    public static Experiment Add(Experiment experiment, Checkpoint checkpoint)
    {
        List<Checkpoint> superseded = [.. experiment.Checkpoints.Where(c => c.Images >= checkpoint.Images && !c.Pinned)];
        Experiment left = Drop(experiment, superseded);
        return left with { Checkpoints = left.Checkpoints.Add(checkpoint) };
    }

    /// <summary>
    /// The experiment with all but the kept checkpoints moved to those to delete. A paused experiment keeps all: what it
    /// goes on from may be neither among the last nor among the best.
    /// </summary>
    public static Experiment Trim(Experiment experiment, SweepDefinition definition)
    {
        RetentionRule keep = definition.Keep;
        if (experiment.Checkpoints.Length <= keep.Last || experiment.PausedBy is not null)
            return experiment;
        HashSet<Checkpoint> kept = [.. experiment.Checkpoints.TakeLast(keep.Last), .. Best(experiment, definition.Objective, keep.Best)];
        return Drop(experiment, [.. experiment.Checkpoints.Where(c => !c.Pinned && !kept.Contains(c))]);
    }

    /// <summary>The experiment without any checkpoint that is not pinned.</summary>
    public static Experiment Clear(Experiment experiment) => Drop(experiment, [.. experiment.Checkpoints.Where(c => !c.Pinned)]);

    private static IEnumerable<Checkpoint> Best(Experiment experiment, Objective objective, int count) =>
        (from checkpoint in experiment.Checkpoints
         let score = experiment.ScoreAt(objective, checkpoint.Images)
         where score is not null
         orderby objective.Minimize ? score : -score
         select checkpoint).Take(count);

    private static Experiment Drop(Experiment experiment, IReadOnlyCollection<Checkpoint> checkpoints) => checkpoints.Count == 0 ? experiment : experiment with
    {
        Checkpoints = [.. experiment.Checkpoints.Except(checkpoints)],
        Deleting = [.. experiment.Deleting, .. checkpoints.Select(c => c.Blob)],
    };
}
