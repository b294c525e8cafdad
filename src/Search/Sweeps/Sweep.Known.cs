namespace CatGan.Search;

public sealed partial class Sweep
{
    /// <summary>
    /// True when an attempt reports what it has reported before, and the state has it: its answer was lost. To be
    /// acknowledged again, whatever <see cref="Refusal"/> says, and not to be journaled.
    /// </summary>
    public bool IsKnown(SweepEvent sweepEvent)
    {
        if (sweepEvent is not AttemptEvent report || !_roster.Has(report.Number))
            return false;
        Experiment experiment = _roster[report.Number];
        if (report.Epoch != experiment.Epoch || report.Epoch == 0)
            return false;
        return report switch
        {
            ExperimentEnded e => experiment.Attempts[^1] is { EndedAt: not null, LostBecause: null } && (experiment.Outcome ?? e.Outcome) == e.Outcome,
            CheckpointSaved e => experiment.Checkpoints.Any(c => c.Blob == e.Blob) || experiment.Deleting.Contains(e.Blob),
            RungReached e => experiment.Rungs.Any(r => r.Images == e.Images),
            _ => false,
        };
    }
}
