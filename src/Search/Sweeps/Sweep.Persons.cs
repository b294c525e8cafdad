namespace CatGan.Search;

public sealed partial class Sweep
{
    private void HandlePerson(SweepEvent sweepEvent, List<SweepAction> actions)
    {
        switch (sweepEvent)
        {
            case ExperimentPauseRequested e: Pause(_roster[e.Number], actions); break;
            case ExperimentResumed e: GoOn(_roster[e.Number]); break;
            case ExperimentCancelRequested e: Cancel(e, _roster[e.Number], actions); break;
            case ExperimentRetried e: Retry(e, _roster[e.Number], actions); break;
            case SweepExtended e: Extend(e); break;
            case ShareChanged e: Definition = Definition with { Weight = e.Weight, Slots = e.Slots }; break;
            case TagsChanged e: Definition = Definition with { Tags = e.Tags, Note = e.Note }; break;
            case CheckpointPinned e: Pin(e.Number, e.Blob, pinned: true, actions); break;
            case CheckpointUnpinned e: Pin(e.Number, e.Blob, pinned: false, actions); break;
            case MarkerRenewed e: Marker = e.Marker; break;
            case NoticeClosed e: Notices = Notices.RemoveAll(n => n.Id == e.Id); break;
        }
    }

    // One that runs leaves first; one that waits, or was paused by a pruner, is paused by a person at once.
    private void Pause(Experiment experiment, List<SweepAction> actions)
    {
        Experiment paused = experiment with { PausedBy = PauseSource.Person, PauseReason = "paused by a person" };
        _roster.Set(experiment.Stage == ExperimentStage.Running ? paused : paused with { Stage = ExperimentStage.Paused });
        if (experiment.Stage == ExperimentStage.Running && StopOf(paused) is { } stop)
            actions.Add(stop);
    }

    private void GoOn(Experiment experiment) => _roster.Set(experiment with
    {
        Stage = experiment.Stage == ExperimentStage.Paused ? ExperimentStage.Waiting : experiment.Stage,
        PausedBy = null,
        PauseReason = null,
    });

    private void Cancel(ExperimentCancelRequested e, Experiment experiment, List<SweepAction> actions)
    {
        if (experiment.Stage != ExperimentStage.Running)
        {
            _roster.Set(Over(experiment, ExperimentOutcome.Cancelled, e.Reason, e.At));
            return;
        }
        Experiment leaving = experiment with { CancelReason = e.Reason };
        _roster.Set(leaving);
        if (StopOf(leaving) is { } stop)
            actions.Add(stop);
    }

    private void Retry(ExperimentRetried e, Experiment experiment, List<SweepAction> actions)
    {
        Experiment again = experiment with { StopReason = null, RetriedAfter = experiment.Epoch };
        if (e.Fresh)
            again = Retention.Clear(again) with { Rungs = [], BestScore = null, BestImages = null, ScoresSinceBest = 0 };
        Keep(experiment, Reopened(again) with { Flags = experiment.Flags.Clear() }, actions);
        Reopen();
    }

    private void Extend(SweepExtended e)
    {
        Definition = Extended(e);
        Extensions++;
        _source = new ConfigurationSource(Definition, _source.State, _source.Given);
        if (e.BudgetImages is not null || e.BudgetTime is not null)
        {
            foreach (Experiment completed in Experiments.Where(x => x.Outcome == ExperimentOutcome.Completed && HasMore(x)).ToList())
                _roster.Set(Reopened(completed));
        }
        Reopen();
    }

    private SweepDefinition Extended(SweepExtended e) => Definition with
    {
        BudgetImages = e.BudgetImages ?? Definition.BudgetImages,
        BudgetTime = e.BudgetTime ?? Definition.BudgetTime,
        Configurations = e.Configurations ?? Definition.Configurations,
    };

    /// <summary>A sweep that had finished has something to do again.</summary>
    private void Reopen()
    {
        if (!HasEnded || EndedCount == Total)
            return;
        Stage = SweepStage.Running;
        EndedAt = null;
    }

    /// <summary>The experiment as one that goes on from its last checkpoint; its scores and flags stay.</summary>
    private static Experiment Reopened(Experiment experiment) =>
        BackToLastCheckpoint(experiment) with { Outcome = null, Reason = null, EndedAt = null };

    /// <summary>True when the budget leaves an experiment something to do.</summary>
    private bool HasMore(Experiment experiment) => experiment.Images < Definition.BudgetImages
        && (Definition.BudgetTime is not { } time || experiment.Seconds < time.TotalSeconds);

    private void Pin(int number, string blob, bool pinned, List<SweepAction> actions)
    {
        Experiment experiment = _roster[number];
        Experiment changed = experiment with { Checkpoints = [.. experiment.Checkpoints.Select(c => c.Blob == blob ? c with { Pinned = pinned } : c)] };
        Keep(experiment, Retention.Trim(changed, Definition), actions);
    }

    private void Tell(string what, DateTimeOffset at, int? experiment, List<SweepAction> actions)
    {
        if (Definition.Webhook?.Events.Contains(what) != true)
            return;
        Notice notice = new(++_lastNotice, what, at, experiment);
        Notices = Notices.Add(notice);
        actions.Add(new SendNotice(notice.Id));
    }
}
