namespace CatGan.Search;

/// <summary>Where a sweep is in its life.</summary>
public enum SweepStage
{
    /// <summary>Experiments run or wait for a slot.</summary>
    Running,

    /// <summary>A person paused it; running experiments are leaving.</summary>
    Pausing,

    /// <summary>Paused; nothing of it runs.</summary>
    Paused,

    /// <summary>A person ended it; running experiments are leaving.</summary>
    Cancelling,

    /// <summary>A person ended it; nothing of it runs.</summary>
    Cancelled,

    /// <summary>Every experiment has an outcome.</summary>
    Finished,
}

/// <summary>Where an experiment is in its life.</summary>
public enum ExperimentStage
{
    /// <summary>It waits for a place, for the first time or again.</summary>
    Waiting,

    /// <summary>It has a place and waits for a slot: <see cref="StartExperiment"/> is out.</summary>
    Offered,

    /// <summary>An attempt trains it.</summary>
    Running,

    /// <summary>It has an outcome.</summary>
    Ended,

    /// <summary>It has left with its last checkpoint, holds no place and wants none, until its <see cref="PauseSource"/> lets it go on.</summary>
    Paused,
}

/// <summary>Who paused an experiment, and so who lets it go on.</summary>
public enum PauseSource
{
    /// <summary>The pruner, at a rung; it goes on from that rung's checkpoint when the pruner promotes it.</summary>
    Pruner,

    /// <summary>A person; it goes on when a person says so.</summary>
    Person,
}

/// <summary>How an experiment ended.</summary>
public enum ExperimentOutcome
{
    /// <summary>It used its whole budget.</summary>
    Completed,

    /// <summary>It was stopped early: by a pruner, patience, or a flag that the spec lets end it.</summary>
    Stopped,

    /// <summary>A loss, weight or score was not finite: a result, not a fault.</summary>
    Diverged,

    /// <summary>The device's memory did not suffice.</summary>
    OutOfMemory,

    /// <summary>It could not be trained.</summary>
    Failed,

    /// <summary>A person cancelled it.</summary>
    Cancelled,
}

/// <summary>Why an attempt was over without an end of its experiment.</summary>
public enum LossCause
{
    /// <summary>It left in order: paused, handed back, stopped.</summary>
    Left,

    /// <summary>Its worker vanished.</summary>
    WorkerLost,

    /// <summary>The store did not do what the attempt cannot do without.</summary>
    StoreFailed,

    /// <summary>It threw.</summary>
    Failed,
}
