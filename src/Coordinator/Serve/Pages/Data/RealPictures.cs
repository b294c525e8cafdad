using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Report.Neighbours;
using CatGan.Coordinator.Report.Pictures;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Sweeps;
using CatGan.Datasets;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>The real pictures that a sweep trained on, and which of them samples lie nearest to. What was made is kept for whoever asks again.</summary>
internal sealed class RealPictures(IBlobStore store, Surroundings surroundings) : IDisposable
{
    private const int Side = 8;
    private const int Kept = 64;

    // A search takes all cores for a moment: one at a time.
    private readonly SemaphoreSlim searching = new(1);
    private readonly Lock guard = new();
    private readonly Dictionary<string, object> made = [];
    private readonly Dictionary<string, Making> making = [];
    private readonly Queue<string> order = [];

    /// <summary>Some real pictures as a grid like those of samples, a PNG.</summary>
    /// <param name="view">The sweep.</param>
    /// <param name="size">Side of the pictures, one that an experiment trains on.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UserException">They cannot be had.</exception>
    public Task<byte[]> GridAsync(SweepView view, int size, CancellationToken cancellationToken) =>
        view.Record.Experiments.Any(e => e.Options?.Size == size)
            ? KeepAsync($"real {view.Id} {size} {Pinned(view, size)}", async () =>
            {
                using PictureSet set = await OpenAsync(view, size, cancellationToken);
                int count = Math.Min(Side * Side, set.Count);
                return PictureGrid.Draw(count, Side, size, (i, planes) => set.Read((int)((long)i * set.Count / count), planes));
            }, cancellationToken)
            : throw new UserException(ExitCode.NotFound, $"no experiment of {view.Id} trains on pictures of {size} pixels");

    /// <summary>The samples of a grid beside the real pictures nearest to them.</summary>
    /// <param name="view">The sweep.</param>
    /// <param name="experiment">The experiment with its samples.</param>
    /// <param name="sample">The grid.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UserException">They cannot be had.</exception>
    public Task<NeighbourFindings> NearestAsync(SweepView view, ExperimentRecord experiment, SampleBlob sample, CancellationToken cancellationToken) =>
        KeepAsync($"near {sample.Name} {Pinned(view, experiment.Options?.Size ?? 0)}", async () =>
        {
            ExperimentOptions options = experiment.Options ?? throw new UserException(ExitCode.NotFound, $"this version does not understand the settings of experiment {experiment.Number}");
            byte[] png = await store.ReadBytesAsync(sample.Name, cancellationToken) ?? throw Missing(sample);
            using SampleGrid grid = SampleGrid.Decode(png, options.Size, sample.Images) ?? throw Missing(sample);
            using PictureSet set = await OpenAsync(view, options.Size, cancellationToken);
            await searching.WaitAsync(cancellationToken);
            try
            {
                return NeighbourAnalysis.Run([(experiment.Number, grid)], set.Count, set.Size, set.Read, cancellationToken)
                    ?? throw new UserException(ExitCode.NotFound, $"{view.Definition.Dataset} has too few pictures to compare with");
            }
            finally
            {
                searching.Release();
            }
        }, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => searching.Dispose();

    private static UserException Missing(SampleBlob sample) => new(ExitCode.NotFound, $"the samples at {sample.Images} images cannot be read");

    // What is kept is of the pictures that the sweep trained on, whatever takes their name later.
    private static string Pinned(SweepView view, int size) => view.Record.DatasetHashes.GetValueOrDefault(size, "");

    private async Task<PictureSet> OpenAsync(SweepView view, int size, CancellationToken cancellationToken)
    {
        try
        {
            PictureSet set = await PictureSets.OpenAsync(store, view.Definition.Dataset, size, CacheFolder.Of(surroundings), cancellationToken);
            if (TrainedOn.Fault(view.Record, set) is not { } changed)
                return set;
            set.Dispose();
            throw new UserException(ExitCode.NotFound, changed);
        }
        catch (DatasetException fault)
        {
            throw new UserException(ExitCode.NotFound, fault.Message);
        }
    }

    // Who asks for the same waits for one; what is kept waits for nobody.
    private async Task<T> KeepAsync<T>(string key, Func<Task<T>> make, CancellationToken cancellationToken)
        where T : class
    {
        Making mine;
        lock (guard)
        {
            if (made.TryGetValue(key, out object? known))
                return (T)known;
            if (!making.TryGetValue(key, out mine!))
                making[key] = mine = new();
            mine.Asking++;
        }
        try
        {
            await mine.Gate.WaitAsync(cancellationToken);
            try
            {
                return Find<T>(key) ?? Keep(key, await make());
            }
            finally
            {
                mine.Gate.Release();
            }
        }
        finally
        {
            lock (guard)
            {
                if (--mine.Asking == 0)
                    making.Remove(key);
            }
        }
    }

    private T? Find<T>(string key)
        where T : class
    {
        lock (guard)
            return made.TryGetValue(key, out object? known) ? (T)known : null;
    }

    private T Keep<T>(string key, T fresh)
        where T : class
    {
        lock (guard)
        {
            made[key] = fresh;
            order.Enqueue(key);
            while (order.Count > Kept)
                made.Remove(order.Dequeue());
        }
        return fresh;
    }

    // Not disposed of: a semaphore that nobody waits for with a handle owns nothing but memory.
    private sealed class Making
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public int Asking { get; set; }
    }
}
