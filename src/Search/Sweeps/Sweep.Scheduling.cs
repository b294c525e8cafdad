namespace CatGan.Search;

public sealed partial class Sweep
{
    /// <summary>Offers experiments as long as there are places: those that ran before, then those with a number, then new ones.</summary>
    private void FillPlaces(List<SweepAction> actions)
    {
        int places = Math.Min(Definition.Slots ?? int.MaxValue, Capacity);
        while (Stage == SweepStage.Running && _roster.Active.Count < places && NextWaiting() is { } experiment)
        {
            _roster.Set(experiment with { Stage = ExperimentStage.Offered });
            actions.Add(StartExperiment.Next(experiment));
        }
    }

    private Experiment? NextWaiting()
    {
        if (_roster.Waiting.Count == 0 && !_source.IsExhausted)
            AddConfiguration();
        return _roster.Waiting.Count > 0 ? _roster[_roster.Waiting.Min.Number] : null;
    }

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
        _ when experiment.PausedBy == PauseSource.Person => new(experiment.Number, experiment.PauseReason ?? "paused", Keep: true),
        SweepStage.Pausing => new(experiment.Number, "paused", Keep: true),
        _ => null,
    };

    /// <summary>Comes to the end of a stage when nothing of it is left.</summary>
    private void Settle(DateTimeOffset at, List<SweepAction> actions)
    {
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
}
