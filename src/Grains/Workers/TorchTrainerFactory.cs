using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Datasets;
using CatGan.Storage;
using CatGan.Training;
using CatGan.Training.Metrics;
using CatGan.Training.Telemetry;

namespace CatGan.Grains.Workers;

/// <summary>Trains with torch.</summary>
internal sealed class TorchTrainerFactory(IBlobStore store, WorkFolder work, WorkerOptions workers, GrainsTiming timing, TrainingMeters meters) : ITrainerFactory, IDisposable
{
    private readonly SharedPictures _pictures = new(store, workers.Cache ?? new PictureCache(Path.Combine(work.Path, "datasets")));
    private readonly RealSides _realSides = new(); // of the metrics: worked out once for all experiments on a data set

    public async Task<IPreparedRun> PrepareAsync(AttemptOrder order, TrainingDevice device, CancellationToken cancellationToken)
    {
        ExperimentOptions options = ExperimentSettings.Create(order.Settings, out IReadOnlyList<string> faults)
            ?? throw new OrderException(string.Join("; ", faults));
        SharedPictures.Lease pictures = await OpenAsync(order, options.Size, cancellationToken);
        string? events = order.Plan.TensorBoard ? Path.Combine(work.Path, "events", Guid.NewGuid().ToString("N")) : null;
        return new TorchRun(new TrainingJob(options, order.Plan, order.Seed) { EventFolder = events }, pictures, device, timing.Time, _realSides, meters);
    }

    public void Dispose() => _realSides.Dispose();

    private async Task<SharedPictures.Lease> OpenAsync(AttemptOrder order, int size, CancellationToken cancellationToken)
    {
        SharedPictures.Lease pictures;
        try
        {
            pictures = await _pictures.OpenAsync(order.Dataset, size, cancellationToken);
        }
        catch (DatasetException fault)
        {
            throw new OrderException(fault.Message, fault);
        }
        if (!order.DatasetHashes.TryGetValue(size, out string? pinned) || pinned == pictures.Set.ContentHash)
            return pictures;
        string found = pictures.Set.ContentHash;
        pictures.Dispose();
        throw new OrderException(
            $"The pictures of '{order.Dataset}' at size {size} are not those that the sweep was submitted with "
            + $"(content hash {found}, but must be {pinned}); import the old ones again, or submit a new sweep.");
    }

    private sealed class TorchRun(
        TrainingJob job, SharedPictures.Lease pictures, TrainingDevice device, TimeProvider time, RealSides realSides, TrainingMeters meters) : IPreparedRun
    {
        public string? EventFolder => job.EventFolder;

        public TrainingResult Run(string? checkpoint, IRunObserver observer)
        {
            using Trainer trainer = new(job, pictures.Set, device, time, realSides, meters);
            if (checkpoint is not null)
                trainer.Restore(checkpoint);
            return trainer.Run(new TorchObserver(observer));
        }

        public void Dispose() => pictures.Dispose();
    }

    private sealed class TorchObserver(IRunObserver observer) : ITrainingObserver
    {
        public TrainingCommand NextCommand() => observer.NextCommand();

        public void OnReport(CurvePoint point) => observer.OnReport(point);

        public void OnSamples(long images, ReadOnlyMemory<byte> png) => observer.OnSamples(images, png);

        public void OnCheckpoint(CheckpointSnapshot snapshot, bool rung) => observer.OnCheckpoint(new TorchCopy(snapshot), rung);
    }

    private sealed class TorchCopy(CheckpointSnapshot snapshot) : ICheckpointCopy
    {
        private int _disposed;

        public long Images => snapshot.Images;

        public long Updates => snapshot.Updates;

        public Task WriteAsync(Stream destination, CancellationToken cancellationToken) => snapshot.WriteAsync(destination, cancellationToken);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                snapshot.Dispose();
        }
    }
}
