namespace CatGan.Abstractions.Experiments;

/// <summary>How an experiment ended.</summary>
public enum Outcome
{
    /// <summary>It used its whole budget.</summary>
    Completed,

    /// <summary>It was stopped early: by a pruner, patience, or a flag that the spec lets end it.</summary>
    Stopped,

    /// <summary>A loss, weight or score was not finite: a result, not a fault.</summary>
    Diverged,

    /// <summary>The device's memory did not suffice; the reason says what would.</summary>
    OutOfMemory,

    /// <summary>It could not be trained: a fault of data, code or machine, with its reason.</summary>
    Failed,

    /// <summary>A person cancelled it.</summary>
    Cancelled,
}
