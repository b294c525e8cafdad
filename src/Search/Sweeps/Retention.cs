namespace CatGan.Search;

/// <summary>Which checkpoints of an experiment are kept: the last two, and the best by full score.</summary>
internal static class Retention
{
    private const int Last = 2;

    /// <summary>
    /// The experiment with a checkpoint more. Those that hold as many images or more were written by an attempt before
    /// this one started again from further back; the new one takes their place.
    /// </summary>
    public static Experiment Add(Experiment experiment, Checkpoint checkpoint)
    {
        List<Checkpoint> superseded = [.. experiment.Checkpoints.Where(c => c.Images >= checkpoint.Images)];
        return experiment with
        {
            Checkpoints = [.. experiment.Checkpoints.Except(superseded), checkpoint],
            Deleting = [.. experiment.Deleting, .. superseded.Select(c => c.Blob)],
        };
    }

    /// <summary>The experiment with all but the kept checkpoints moved to those to delete.</summary>
    public static Experiment Trim(Experiment experiment, Objective objective)
    {
        if (experiment.Checkpoints.Length <= Last)
            return experiment;
        Checkpoint? best = experiment.BestCheckpoint(objective);
        List<Checkpoint> drop = [.. experiment.Checkpoints.SkipLast(Last).Where(c => c != best)];
        return experiment with
        {
            Checkpoints = [.. experiment.Checkpoints.Except(drop)],
            Deleting = [.. experiment.Deleting, .. drop.Select(c => c.Blob)],
        };
    }
}
