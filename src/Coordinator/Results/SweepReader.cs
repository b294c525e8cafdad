using System.Collections.Immutable;
using System.Globalization;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Results;

/// <summary>
/// Reads everything about a sweep from its blobs: the journal, the curves and the list of samples. Needs no silo, and
/// may read while one writes; what it gives is then a moment of it.
/// </summary>
internal sealed class SweepReader(IBlobStore store)
{
    private const int AtOnce = 16;

    /// <summary>Reads the sweep that a person means: an id, the beginning of one, or <c>last</c>.</summary>
    /// <exception cref="UserException">There is none, or more than one, or it has no journal.</exception>
    public static async Task<SweepRecord> ResolveAsync(IBlobStore store, string typed, CancellationToken cancellationToken)
    {
        string id = await new SweepDirectory(store).ResolveAsync(typed, cancellationToken);
        return await new SweepReader(store).ReadAsync(id, cancellationToken)
            ?? throw StoredSweep.NoJournal(store, id);
    }

    /// <summary>Reads a sweep.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when there is no such sweep.</returns>
    /// <exception cref="JournalException">Its journal is damaged.</exception>
    /// <exception cref="SweepFormatException">Its journal was written by a version that this one does not understand.</exception>
    public async Task<SweepRecord?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        JournalReplay replay = await new Journal(store, StoreLayout.Journal(id)).ReadAsync(cancellationToken);
        if (StoredSweep.Replay(replay) is not { } sweep)
            return null;
        SweepBlobs blobs = await ListAsync(id, StoreLayout.Sweep(id) + "experiments/", cancellationToken);
        ExperimentRecord[] experiments = new ExperimentRecord[sweep.Experiments.Count];
        string[] problems = new string[experiments.Length];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, experiments.Length, options, async (i, ct) =>
        {
            Experiment experiment = sweep.Experiments[i];
            (ImmutableArray<AttemptCurve> curves, problems[i]) = await CurvesAsync(id, experiment, blobs, ct);
            experiments[i] = ExperimentRecords.Of(experiment, sweep.Definition.Objective, curves, blobs.Samples(experiment.Number));
        });
        string spec = await store.ReadTextAsync(StoreLayout.Spec(id), cancellationToken) ?? "";
        return SweepRecords.Of(id, sweep, [.. experiments]) with
        {
            Spec = spec,
            Problems = [.. replay.Faults, .. problems.Where(p => !string.IsNullOrEmpty(p))],
        };
    }

    /// <summary>Reads one experiment with its curve and its samples.</summary>
    /// <param name="id">Id of the sweep.</param>
    /// <param name="experiment">What the journal knows of the experiment.</param>
    /// <param name="objective">What experiments of the sweep are compared by.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The experiment, the epochs that have a log, and what could not be read (empty when nothing).</returns>
    public async Task<(ExperimentRecord Record, IReadOnlyList<int> Logs, string Problem)> ReadExperimentAsync(
        string id, Experiment experiment, Objective objective, CancellationToken cancellationToken)
    {
        SweepBlobs blobs = await ListAsync(id, StoreLayout.Experiment(id, experiment.Number), cancellationToken);
        (ImmutableArray<AttemptCurve> curves, string problem) = await CurvesAsync(id, experiment, blobs, cancellationToken);
        return (ExperimentRecords.Of(experiment, objective, curves, blobs.Samples(experiment.Number)), [.. blobs.LogEpochs(experiment.Number).Order()], problem);
    }

    private async Task<SweepBlobs> ListAsync(string id, string prefix, CancellationToken cancellationToken)
    {
        SweepBlobs blobs = new(StoreLayout.Sweep(id) + "experiments/");
        await foreach (BlobInfo blob in store.ListAsync(prefix, cancellationToken))
            blobs.Add(blob.Name);
        return blobs;
    }

    private async Task<(ImmutableArray<AttemptCurve> Curves, string Problem)> CurvesAsync(
        string id, Experiment experiment, SweepBlobs blobs, CancellationToken cancellationToken)
    {
        List<AttemptCurve> curves = [];
        int torn = 0;
        foreach (int epoch in blobs.CurveEpochs(experiment.Number).Where(e => e <= experiment.Epoch).Order())
        {
            // Between listing and reading a blob may only have grown.
            byte[] text = await store.ReadBytesAsync(StoreLayout.Curve(id, experiment.Number, epoch), cancellationToken) ?? [];
            (ImmutableArray<CurvePoint> points, int bad) = CurveText.Read(text);
            torn += bad;
            curves.Add(new AttemptCurve(epoch, points));
        }
        string problem = torn == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{torn} lines of the curve of experiment {experiment.Number} could not be read and are left out.");
        return ([.. curves], problem);
    }
}
