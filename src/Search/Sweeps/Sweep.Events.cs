using CatGan.Search.Pruners;

namespace CatGan.Search;

public sealed partial class Sweep
{
    private void Handle(SweepEvent sweepEvent, List<SweepAction> actions)
    {
        switch (sweepEvent)
        {
            case CapacityChanged e: Capacity = e.Slots; break;
            case PauseRequested: Pause(actions); break;
            case Resumed: Stage = SweepStage.Running; break;
            case CancelRequested e: Cancel(e, actions); break;
            case AttemptStarted e: Begin(e, _roster[e.Number]); break;
            case AttemptLost e: Lose(e, _roster[e.Number], actions); break;
            case CheckpointSaved e: Save(e, _roster[e.Number], actions); break;
            case RungReached e: Judge(e, _roster[e.Number], actions); break;
            case ExperimentEnded e: End(e, _roster[e.Number], actions); break;
            case CheckpointsDeleted e: Forget(e, _roster[e.Number]); break;
            default: HandlePerson(sweepEvent, actions); break;
        }
    }

    private void Pause(List<SweepAction> actions)
    {
        Stage = SweepStage.Pausing;
        Withdraw(actions);
    }

    private void Cancel(CancelRequested e, List<SweepAction> actions)
    {
        Stage = SweepStage.Cancelling;
        CancelReason = e.Reason;
        Withdraw(actions);
        foreach (int number in _roster.Waiting.Select(w => w.Number).Concat(_roster.Paused.Select(p => p.Number)).ToList())
            _roster.Set(Over(_roster[number], ExperimentOutcome.Cancelled, e.Reason, e.At));
    }

    private void Begin(AttemptStarted e, Experiment experiment) => _roster.Set(experiment with
    {
        Stage = ExperimentStage.Running,
        Attempts = experiment.Attempts.Add(new Attempt(e.Epoch, e.Worker, e.At, Alone: e.Alone) { Extensions = Extensions }),
    });

    private void Lose(AttemptLost e, Experiment experiment, List<SweepAction> actions)
    {
        Attempt over = experiment.Attempts[^1] with { EndedAt = e.At, LostBecause = e.Reason, Cause = e.Cause ?? LossRule.CauseOf(e.Reason) };
        Experiment lost = experiment with { Attempts = experiment.Attempts.SetItem(experiment.Epoch - 1, over) };
        Experiment after = Stage switch
        {
            SweepStage.Cancelling => Over(lost, ExperimentOutcome.Cancelled, CancelReason, e.At),
            _ when lost.CancelReason is { } reason => Over(lost, ExperimentOutcome.Cancelled, reason, e.At),
            _ when lost.StopReason is { } reason => Over(lost, ExperimentOutcome.Stopped, reason, e.At),
            // A journal older than the cause goes on after losses that would end an experiment now.
            _ when e.Cause is not null && LossRule.Verdict(lost) is { } verdict => Over(lost, ExperimentOutcome.Failed, verdict, e.At),
            _ when lost.PausedBy is not null => BackToLastCheckpoint(lost) with { Stage = ExperimentStage.Paused },
            _ => BackToLastCheckpoint(lost),
        };
        _roster.Set(after);
        if (after.Outcome == ExperimentOutcome.Failed)
            Tell(Webhook.Failed, e.At, e.Number, actions);
    }

    /// <summary>What was trained past the last checkpoint is gone; the next attempt does it again.</summary>
    private static Experiment BackToLastCheckpoint(Experiment experiment) => experiment with
    {
        Stage = ExperimentStage.Waiting,
        Images = experiment.LastCheckpoint?.Images ?? 0,
        Updates = experiment.LastCheckpoint?.Updates ?? 0,
        Seconds = experiment.LastCheckpoint?.Seconds ?? 0,
    };

    private void Save(CheckpointSaved e, Experiment experiment, List<SweepAction> actions)
    {
        if (experiment.Checkpoints.Any(c => c.Blob == e.Blob) || experiment.Deleting.Contains(e.Blob))
            return;
        if (IsPastPause(experiment, e.Images))
        {
            Keep(experiment, experiment with { Deleting = experiment.Deleting.Add(e.Blob) }, actions);
            return;
        }
        Checkpoint checkpoint = new(e.Epoch, e.Images, e.Updates, e.Seconds, e.Blob, e.Sha256, e.Bytes);
        Experiment saved = Retention.Trim(Retention.Add(experiment, checkpoint), Definition);
        Keep(experiment, saved with { Images = Math.Max(saved.Images, e.Images), Updates = e.Updates, Seconds = e.Seconds }, actions);
    }

    private void Judge(RungReached e, Experiment experiment, List<SweepAction> actions)
    {
        if (IsPastPause(experiment, e.Images))
            return;
        // The rung's checkpoint is journaled right before its score, and knows the time that training took.
        double? seconds = experiment.LastCheckpoint is { } last && last.Images == e.Images ? last.Seconds : null;
        Experiment scored = Scored(experiment, new Rung(e.Images, e.Scores, seconds));
        if (ReferenceEquals(scored, experiment))
            return;
        _roster.Set(scored);
        bool goesOn = Stage != SweepStage.Cancelling && scored.StopReason is null && e.Images < Definition.BudgetImages;
        if (goesOn && Judged(scored, _pruning.Judge(scored)) is { } leaving)
        {
            _roster.Set(leaving);
            actions.Add(StopOf(leaving)!);
        }
    }

    /// <summary>The experiment as the verdict leaves it; null when it goes on.</summary>
    private static Experiment? Judged(Experiment experiment, Verdict verdict) => verdict.Kind switch
    {
        VerdictKind.Stop => experiment with { StopReason = verdict.Reason },
        // One that a person is pausing already goes on when that person says so, not when the pruner does.
        VerdictKind.Pause when experiment.PausedBy is null => experiment with { PausedBy = PauseSource.Pruner, PauseReason = verdict.Reason },
        _ => null,
    };

    /// <summary>
    /// True for what an attempt did between its rung and the moment it heard of the pause there: it is dropped, and done
    /// again when the experiment goes on from the rung's checkpoint.
    /// </summary>
    private static bool IsPastPause(Experiment experiment, long images) =>
        experiment.PausedBy == PauseSource.Pruner && images > experiment.Rungs[^1].Images;

    private void End(ExperimentEnded e, Experiment experiment, List<SweepAction> actions)
    {
        Experiment ended = Over(Scored(experiment, new Rung(e.Images, e.Scores, e.Seconds)), e.Outcome, e.Reason, e.At) with
        {
            Attempts = experiment.Attempts.SetItem(experiment.Epoch - 1, experiment.Attempts[^1] with { EndedAt = e.At }),
            Flags = e.Flags,
            Images = e.Images,
            Updates = e.Updates,
            Seconds = e.Seconds,
        };
        // Its attempt began before the sweep was extended, and has done what the budget was then.
        if (e.Outcome == ExperimentOutcome.Completed && ended.Attempts[^1].Extensions < Extensions && Stage != SweepStage.Cancelling && HasMore(ended))
            ended = Reopened(ended);
        if (ended.Outcome is ExperimentOutcome.Failed or ExperimentOutcome.OutOfMemory)
            Tell(Webhook.Failed, e.At, e.Number, actions);
        Keep(experiment, Retention.Trim(ended, Definition), actions);
    }

    private void Forget(CheckpointsDeleted e, Experiment experiment) =>
        _roster.Set(experiment with { Deleting = experiment.Deleting.RemoveRange(e.Blobs) });

    /// <summary>The experiment with a full score more; unchanged when these images were scored before.</summary>
    private Experiment Scored(Experiment experiment, Rung rung)
    {
        if (rung.Scores.IsEmpty || experiment.Rungs.Any(r => r.Images == rung.Images))
            return experiment;
        Experiment scored = experiment with
        {
            Rungs = experiment.Rungs.Add(rung),
            Images = Math.Max(rung.Images, experiment.Images),
        };
        return Definition.Objective.In(rung.Scores) is { } score && Definition.Objective.IsBetter(score, experiment.BestScore)
            ? scored with { BestScore = score, BestImages = rung.Images, ScoresSinceBest = 0 }
            : scored with { ScoresSinceBest = experiment.ScoresSinceBest + 1 };
    }

    private static Experiment Over(Experiment experiment, ExperimentOutcome outcome, string? reason, DateTimeOffset at) => experiment with
    {
        Stage = ExperimentStage.Ended,
        Outcome = outcome,
        Reason = reason,
        EndedAt = at,
        PausedBy = null,
        PauseReason = null,
        CancelReason = null,
    };

    private void Keep(Experiment before, Experiment after, List<SweepAction> actions)
    {
        if (after.Deleting.Length > before.Deleting.Length)
            actions.Add(new DeleteCheckpoints(after.Number, after.Deleting));
        _roster.Set(after);
    }
}
