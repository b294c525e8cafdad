using CatGan.Coordinator.Results;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>
/// Reads an experiment's curve, samples and logs: of one that has ended once for all who ask, of one that has not once
/// for all who ask within two seconds.
/// </summary>
/// <param name="store">Where they are.</param>
/// <param name="time">Says how old a reading is.</param>
/// <param name="mostPoints">Points of curves that are kept in memory, about 200 bytes each.</param>
internal sealed class ExperimentReader(IBlobStore store, TimeProvider time, int mostPoints = 400_000)
{
    // What an experiment takes besides its points, in points.
    private const int Own = 10;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly SweepReader reader = new(store);
    private readonly Lock guard = new();
    private readonly Dictionary<(string Sweep, int Number), LinkedListNode<Reading>> known = [];
    private readonly LinkedList<Reading> order = [];
    private long kept;

    /// <summary>The experiment with its curve and samples.</summary>
    /// <param name="view">Its sweep.</param>
    /// <param name="experiment">What the journal knows of it.</param>
    /// <param name="cancellationToken">Ends the waiting; who else asked has the reading all the same.</param>
    public async Task<(ExperimentRecord Record, IReadOnlyList<int> Logs, string Problem)> ReadAsync(
        SweepView view, Experiment experiment, CancellationToken cancellationToken)
    {
        Found found = await Begin(view, experiment).WaitAsync(cancellationToken);
        return (found.Record, found.Logs, found.Problem);
    }

    /// <summary>Some experiments with what their curves know, without which a verdict cannot say how far their pictures are from real ones.</summary>
    /// <param name="view">Their sweep.</param>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<ExperimentRecord[]> ReadAllAsync(SweepView view, IEnumerable<int> numbers, CancellationToken cancellationToken) =>
        Task.WhenAll(numbers.Select(async n => view.Experiments[n - 1].Epoch > 0
            ? (await ReadAsync(view, view.Experiments[n - 1], cancellationToken)).Record
            : view.Record.Experiments[n - 1]));

    private Task<Found> Begin(SweepView view, Experiment experiment)
    {
        (string, int) key = (view.Id, experiment.Number);
        lock (guard)
        {
            if (known.TryGetValue(key, out LinkedListNode<Reading>? node))
            {
                order.Remove(node);
                if (IsGood(node.Value, experiment))
                {
                    order.AddLast(node);
                    return node.Value.Task;
                }
                kept -= node.Value.Cost;
            }
            Reading reading = new(key, experiment, time.GetTimestamp());
            known[key] = order.AddLast(reading);
            return reading.Task = Background.Run(() => ReadAsync(view, reading));
        }
    }

    private bool IsGood(Reading reading, Experiment experiment) => ReferenceEquals(reading.Experiment, experiment)
        && (!reading.Task.IsCompleted || reading.Task.IsCompletedSuccessfully && (experiment.Stage == ExperimentStage.Ended || time.GetElapsedTime(reading.At) < Fresh));

    private async Task<Found> ReadAsync(SweepView view, Reading reading)
    {
        (ExperimentRecord record, IReadOnlyList<int> logs, string problem) =
            await reader.ReadExperimentAsync(view.Id, reading.Experiment, view.Definition.Objective, CancellationToken.None);
        lock (guard)
        {
            if (known.TryGetValue(reading.Key, out LinkedListNode<Reading>? node) && node.Value == reading)
            {
                kept += reading.Cost = record.Curve.Length + record.Samples.Length + Own;
                MakeRoom();
            }
        }
        return new(record, logs, problem);
    }

    private void MakeRoom()
    {
        while (kept > mostPoints && order.First is { } oldest && oldest != order.Last)
        {
            kept -= oldest.Value.Cost;
            known.Remove(oldest.Value.Key);
            order.Remove(oldest);
        }
    }

    private sealed record Found(ExperimentRecord Record, IReadOnlyList<int> Logs, string Problem);

    private sealed class Reading((string Sweep, int Number) key, Experiment experiment, long at)
    {
        public (string Sweep, int Number) Key => key;

        public Experiment Experiment => experiment;

        public long At => at;

        public Task<Found> Task { get; set; } = null!;

        public int Cost { get; set; }
    }
}
