using System.Collections.Immutable;
using System.Globalization;

namespace CatGan.Search;

/// <summary>
/// Plays a recorded sweep through the real state machine: as many workers as were asked for train what it offers, each
/// from rung to rung in the time that was recorded, and every verdict is heard at once.
/// </summary>
internal sealed class SweepPlayer
{
    private readonly Simulation _simulation;
    private readonly ImmutableArray<int> _order;
    private readonly Sweep _sweep;
    private readonly PriorityQueue<int, (double At, int Number)> _running = new();
    private readonly int _repeats;
    private double _now;

    public SweepPlayer(Simulation simulation, ImmutableArray<int> order)
    {
        (_simulation, _order, _repeats) = (simulation, order, simulation.Recorded.Repeats);
        _sweep = Sweep.Start(new SweepSubmitted(At, simulation.Definition(), simulation.Workers), out IReadOnlyList<SweepAction> actions);
        Start(actions);
    }

    private DateTimeOffset At => DateTimeOffset.UnixEpoch.AddSeconds(_now);

    public SimulatedSweep Play()
    {
        while (_running.TryDequeue(out int number, out (double At, int Number) due))
        {
            _now = due.At;
            Advance(_sweep.Experiments[number - 1]);
        }
        return Result();
    }

    private RecordedCurve Curve(Experiment experiment) =>
        _simulation.Recorded.Curves[(_order[experiment.ConfigurationIndex] * _repeats) + experiment.Repeat];

    /// <summary>The next recorded score that the pruner judges; null for the end.</summary>
    private RecordedScore? Next(Experiment experiment) =>
        Curve(experiment).Rungs.FirstOrDefault(r => r.Images > experiment.Images && _simulation.Judges(r.Images));

    private void Advance(Experiment experiment)
    {
        if (Next(experiment) is not { } rung)
        {
            RecordedEnd end = Curve(experiment).End;
            Apply(new ExperimentEnded(
                At, experiment.Number, experiment.Epoch, end.Outcome, null, ImmutableSortedDictionary<string, string>.Empty, end.Images, 0, end.Seconds, Scores(end.Score)));
            return;
        }
        string blob = string.Create(CultureInfo.InvariantCulture, $"{rung.Images}-{experiment.Epoch}");
        Apply(new CheckpointSaved(At, experiment.Number, experiment.Epoch, rung.Images, 0, rung.Seconds, blob, "", 0));
        if (Apply(new RungReached(At, experiment.Number, experiment.Epoch, rung.Images, Scores(rung.Score))).OfType<StopExperiment>().Any())
            Apply(new AttemptLost(At, experiment.Number, experiment.Epoch, "verdict"));
        else
            Train(_sweep.Experiments[experiment.Number - 1]);
    }

    // Any event may free a place or make an experiment promotable.
    private IReadOnlyList<SweepAction> Apply(SweepEvent sweepEvent)
    {
        IReadOnlyList<SweepAction> actions = _sweep.Apply(sweepEvent);
        Start(actions);
        return actions;
    }

    private void Start(IReadOnlyList<SweepAction> actions)
    {
        foreach (StartExperiment start in actions.OfType<StartExperiment>())
        {
            _sweep.Apply(new AttemptStarted(At, start.Number, start.Epoch, "simulated"));
            Train(_sweep.Experiments[start.Number - 1]);
        }
    }

    private void Train(Experiment experiment)
    {
        double until = Next(experiment)?.Seconds ?? Curve(experiment).End.Seconds;
        _running.Enqueue(experiment.Number, (_now + Math.Max(0, until - experiment.Seconds), experiment.Number));
    }

    // A score that could not be told is a score all the same: NaN counts as the worst.
    private ImmutableSortedDictionary<string, double> Scores(double? score) =>
        ImmutableSortedDictionary<string, double>.Empty.Add(_simulation.Recorded.Objective.Metric, score ?? double.NaN);

    private SimulatedSweep Result()
    {
        List<(int Index, double Mean)> truth = TrueRanking();
        ConfigurationRank? won = _sweep.Ranking().FirstOrDefault(r => r.Place == 1);
        SimulatedWinner? winner = won is { Mean: { } mean }
            ? new(_order[won.Index], Label(_order[won.Index]), mean, truth.FindIndex(t => t.Index == _order[won.Index]) is >= 0 and var place ? place + 1 : null)
            : null;
        return new(_sweep.Images, _now, _sweep.CountOf(ExperimentOutcome.Completed), winner, truth.Count == 0 ? null : TrueWinner(truth[0]));
    }

    private TrueWinner TrueWinner((int Index, double Mean) winner)
    {
        Experiment[] repeats = [.. _sweep.Experiments.Where(e => _order[e.ConfigurationIndex] == winner.Index)];
        bool killed = repeats.All(e => e.Images < Curve(e).End.Images);
        return new(winner.Index, Label(winner.Index), winner.Mean, killed, repeats.Select(e => e.Images).DefaultIfEmpty().Max());
    }

    private string Label(int index) => _simulation.Recorded.Curves[index * _repeats].Label;

    /// <summary>As <see cref="Ranking"/> orders them: configurations of which every repeat has a result, by the mean of their best.</summary>
    private List<(int Index, double Mean)> TrueRanking()
    {
        Objective objective = _simulation.Recorded.Objective;
        var all = _simulation.Recorded.Curves.Chunk(_repeats).Select((repeats, index) => (
            Index: index,
            Scores: repeats.Select(c => c.End.Outcome is ExperimentOutcome.Completed or ExperimentOutcome.Stopped ? c.Best(objective) : null).ToList()));
        return
        [
            .. all.Where(c => c.Scores.TrueForAll(s => s is not null)).Select(c => (c.Index, Mean: c.Scores.Average()!.Value))
                .OrderBy(c => objective.Minimize ? c.Mean : -c.Mean).ThenBy(c => c.Index),
        ];
    }
}
