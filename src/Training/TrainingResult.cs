using CatGan.Abstractions.Experiments;

namespace CatGan.Training;

/// <summary>Why <c>Trainer.Run</c> returned.</summary>
public enum TrainingEnd
{
    /// <summary>The experiment is over; its outcome is set.</summary>
    Finished,

    /// <summary>The observer asked to leave; the experiment can go on from a checkpoint.</summary>
    Left,
}

/// <summary>How a run ended.</summary>
/// <param name="End">Over, or left on request.</param>
/// <param name="Outcome">Completed, Stopped, Diverged or OutOfMemory when over; null when left.</param>
/// <param name="Reason">A sentence for a person; null when completed or left.</param>
/// <param name="Images">Images shown to the discriminator.</param>
/// <param name="Updates">Generator updates.</param>
/// <param name="Last">The last report; after a completed run the full score of the end.</param>
public sealed record TrainingResult(TrainingEnd End, Outcome? Outcome, string? Reason, long Images, long Updates, CurvePoint? Last)
{
    /// <summary>Time of this attempt's loop, evaluation included; zero where it never came to one.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The part of <see cref="Took"/> that went into scores and sample grids.</summary>
    public TimeSpan Evaluation { get; init; }
}
