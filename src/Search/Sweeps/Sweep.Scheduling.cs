namespace CatGan.Search;

public sealed partial class Sweep
{
    /// <summary>True when nothing runs, waits or is still to come: what is paused is all that is left.</summary>
    private bool OnlyPausedLeft =>
        _roster.Active.Count == 0 && _roster.Waiting.Count == 0 && _source.IsExhausted && _roster.Paused.Count > 0;

    private bool AnyPausedByPerson => _roster.Paused.Count > 0 && _roster.Paused.Max.By == PauseSource.Person;

    /// <summary>Offers experiments as long as there are places.</summary>
    private void FillPlaces(List<SweepAction> actions)
    {
        int places = Math.Min(Definition.Slots ?? int.MaxValue, Capacity);
        while (Stage == SweepStage.Running && _roster.Active.Count < places && NextUp() is { } experiment)
        {
            Experiment offered = experiment with { Stage = ExperimentStage.Offered, PausedBy = null, PauseReason = null };
            _roster.Set(offered);
            actions.Add(StartExperiment.Next(offered));
        }
    }

    /// <summary>Those that ran before and wait come first, then one that the pruner promotes, then those with a number, then new ones.</summary>
    private Experiment? NextUp()
    {
        if (_roster.Waiting.Count > 0 && !_roster.Waiting.Min.Fresh)
            return _roster[_roster.Waiting.Min.Number];
        if (Promotion() is { } promoted)
            return _roster[promoted];
        if (_roster.Waiting.Count == 0 && !_source.IsExhausted)
            AddConfiguration();
        return _roster.Waiting.Count > 0 ? _roster[_roster.Waiting.Min.Number] : null;
    }

    private int? Promotion() => _roster.Paused.Count == 0
        ? null
        : _pruning.Promotion(last: OnlyPausedLeft && !AnyPausedByPerson && CountOf(ExperimentOutcome.Completed) == 0);

    /// <summary>Gives numbers to all repeats of the next configuration.</summary>
    private void AddConfiguration()
    {
        int index = _source.Given;
        Configuration configuration = _source.Next(_results);
        for (int repeat = 0; repeat < Definition.Repeats; repeat++)
        {
            int number = _roster.All.Count + 1;
            _roster.Add(new Experiment
            {
                Number = number,
                ConfigurationIndex = index,
                Repeat = repeat,
                Configuration = configuration,
                Seed = SearchRandom.ExperimentSeed(Definition.Seed, number),
            });
        }
    }

    /// <summary>Takes all offers back, and tells running experiments to leave.</summary>
    private void Withdraw(List<SweepAction> actions)
    {
        foreach (Experiment experiment in Active.Select(n => _roster[n]))
        {
            if (experiment.Stage == ExperimentStage.Offered)
                _roster.Set(experiment with { Stage = ExperimentStage.Waiting });
            else if (StopOf(experiment) is { } stop)
                actions.Add(stop);
        }
    }

    /// <summary>How the state wants a running experiment to leave; null when it may stay.</summary>
    public StopExperiment? StopOf(Experiment experiment) => Stage switch
    {
        SweepStage.Cancelling => new(experiment.Number, CancelReason ?? "cancelled", Keep: false),
        _ when experiment.CancelReason is { } reason => new(experiment.Number, reason, Keep: false),
        _ when experiment.StopReason is { } reason => new(experiment.Number, reason, Keep: false),
        // What is past a rung's pause is dropped, so that nothing of it needs to be kept.
        _ when experiment.PausedBy is { } source => new(experiment.Number, experiment.PauseReason ?? "paused", Keep: source == PauseSource.Person),
        SweepStage.Pausing => new(experiment.Number, "paused", Keep: true),
        _ => null,
    };

    /// <summary>Comes to the end of a stage when nothing of it is left.</summary>
    private void Settle(DateTimeOffset at, List<SweepAction> actions)
    {
        if (!HasEnded)
            EndWhatNobodyPromotes(at);
        while (_roster.Keeping.Count > Definition.Keep.Experiments)
        {
            Experiment worst = _roster[_roster.Keeping.Max.Number];
            Keep(worst, Retention.Clear(worst), actions);
        }
        if (!HasEnded)
        {
            Stage = Stage switch
            {
                SweepStage.Cancelling when RunningCount == 0 => SweepStage.Cancelled,
                SweepStage.Running or SweepStage.Pausing or SweepStage.Paused when EndedCount == Total => SweepStage.Finished,
                SweepStage.Pausing when RunningCount == 0 => SweepStage.Paused,
                _ => Stage,
            };
            EndedAt = HasEnded ? at : null;
            if (HasEnded)
                Tell(Stage == SweepStage.Finished ? Webhook.Finished : Webhook.Cancelled, at, null, actions);
        }
        if (HasEnded && _roster.Deleting.Count == 0)
            actions.Add(new FinishSweep());
    }

    /// <summary>
    /// Ends experiments that the pruner has paused once nothing can come that would promote them: no experiment runs, waits
    /// or is still to be proposed, and none is paused by a person. Each ends but once, so that an event still costs O(1) of it.
    /// </summary>
    private void EndWhatNobodyPromotes(DateTimeOffset at)
    {
        if (Stage == SweepStage.Cancelling || !OnlyPausedLeft || AnyPausedByPerson || Promotion() is not null)
            return;
        foreach (int number in _roster.Paused.Select(p => p.Number).ToList())
            _roster.Set(Over(_roster[number], ExperimentOutcome.Stopped, _pruning.Standing(_roster[number]), at));
    }
}
