using CatGan.Coordinator.Results;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>Reads an experiment's curve, samples and logs; of one that has ended, once for all who ask.</summary>
internal sealed class ExperimentReader(IBlobStore store)
{
    private const int Most = 2000;

    private readonly SweepReader reader = new(store);
    private readonly Lock guard = new();
    private readonly Dictionary<(string Sweep, int Number), Known> ended = [];
    private readonly Queue<(string Sweep, int Number)> order = [];

    /// <summary>The experiment with its curve and samples.</summary>
    /// <param name="view">Its sweep.</param>
    /// <param name="experiment">What the journal knows of it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<(ExperimentRecord Record, IReadOnlyList<int> Logs, string Problem)> ReadAsync(
        SweepView view, Experiment experiment, CancellationToken cancellationToken)
    {
        (string, int) key = (view.Id, experiment.Number);
        lock (guard)
        {
            if (ended.TryGetValue(key, out Known? known) && ReferenceEquals(known.Experiment, experiment))
                return (known.Record, known.Logs, known.Problem);
        }
        (ExperimentRecord record, IReadOnlyList<int> logs, string problem) = await reader.ReadExperimentAsync(view.Id, experiment, view.Definition.Objective, cancellationToken);
        if (experiment.Stage == ExperimentStage.Ended)
            Keep(key, new(experiment, record, logs, problem));
        return (record, logs, problem);
    }

    /// <summary>Some experiments with what their curves know, without which a verdict cannot say how far their pictures are from real ones.</summary>
    /// <param name="view">Their sweep.</param>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<ExperimentRecord[]> ReadAllAsync(SweepView view, IEnumerable<int> numbers, CancellationToken cancellationToken) =>
        Task.WhenAll(numbers.Select(async n => view.Experiments[n - 1].Epoch > 0
            ? (await ReadAsync(view, view.Experiments[n - 1], cancellationToken)).Record
            : view.Record.Experiments[n - 1]));

    private void Keep((string, int) key, Known known)
    {
        lock (guard)
        {
            if (ended.TryAdd(key, known))
                order.Enqueue(key);
            ended[key] = known;
            while (order.Count > Most)
                ended.Remove(order.Dequeue());
        }
    }

    private sealed record Known(Experiment Experiment, ExperimentRecord Record, IReadOnlyList<int> Logs, string Problem);
}
