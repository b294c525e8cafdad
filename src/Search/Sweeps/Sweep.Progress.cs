namespace CatGan.Search;

public sealed partial class Sweep
{
    // A loss is none, nor is what is only asked for or tidied up. The clocks of silos differ: it never goes back.
    private void Note(SweepEvent sweepEvent)
    {
        bool progress = sweepEvent is AttemptStarted or CheckpointSaved or RungReached or ExperimentEnded
            or Resumed or ExperimentResumed or ExperimentRetried or SweepExtended;
        if (progress && sweepEvent.At > ProgressAt)
            ProgressAt = sweepEvent.At;
    }

    /// <summary>What a snapshot of an earlier version, which has no such time, still tells of it.</summary>
    private DateTimeOffset ProgressOfAttempts() => Experiments.SelectMany(e => e.Attempts)
        .SelectMany(a => new[] { a.StartedAt, a.Cause is null ? a.EndedAt ?? a.StartedAt : a.StartedAt })
        .Append(SubmittedAt)
        .Max();
}
