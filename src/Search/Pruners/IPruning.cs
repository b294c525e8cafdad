namespace CatGan.Search.Pruners;

/// <summary>
/// A pruner at work in one sweep. All it knows follows from the experiments that it was shown, whatever their order, so
/// that a snapshot of the experiments holds its state and nothing can contradict it. Every call takes at most logarithmic
/// time in the number of experiments.
/// </summary>
internal interface IPruning
{
    /// <summary>An experiment is there, or is another than before.</summary>
    /// <param name="before">What it was; null when it is new.</param>
    /// <param name="after">What it is.</param>
    void Set(Experiment? before, Experiment after);

    /// <summary>The verdict on an experiment that has just been <see cref="Set"/> with a new full score, not its last.</summary>
    Verdict Judge(Experiment experiment);

    /// <summary>The paused experiment that should go on first, the one of the highest rung; null when none should.</summary>
    /// <param name="last">True when nothing else is left of the sweep, and none of its experiments has used its budget.</param>
    int? Promotion(bool last);

    /// <summary>Where a paused experiment stands, for people: why it ends when the sweep does.</summary>
    string Standing(Experiment experiment);
}
