using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Workers;
using CatGan.Training;

namespace CatGan.Grains.Tests.Support;

/// <summary>
/// Trains nothing, but keeps the trainer's contract: reports, checkpoints and rungs where the plan has them, and a
/// question for a command before each batch of 100 images.
/// </summary>
internal sealed class FakeTrainers : ITrainerFactory
{
    public const int Batch = 100;

    /// <summary>Called on the training thread before each batch; may block or throw.</summary>
    public Action<AttemptOrder, long, Func<TrainingCommand>> BeforeBatch { get; set; } = (_, _, _) => { };

    /// <summary>Every start: experiment, epoch, images it went on from.</summary>
    public ConcurrentQueue<(int Experiment, int Epoch, long From)> Starts { get; } = [];

    public Task<IPreparedRun> PrepareAsync(AttemptOrder order, TrainingDevice device, CancellationToken cancellationToken) =>
        Task.FromResult<IPreparedRun>(new FakeRun(this, order));

    private sealed class FakeRun(FakeTrainers trainers, AttemptOrder order) : IPreparedRun
    {
        public string? EventFolder => null;

        public TrainingResult Run(string? checkpoint, IRunObserver observer)
        {
            long images = checkpoint is null ? 0 : Restore(checkpoint);
            trainers.Starts.Enqueue((order.Experiment, order.Epoch, images));
            while (images < order.Plan.BudgetImages)
            {
                trainers.BeforeBatch(order, images, observer.NextCommand);
                TrainingCommand command = observer.NextCommand();
                if (command == TrainingCommand.CheckpointAndLeave)
                    observer.OnCheckpoint(new FakeCopy(images), rung: false);
                if (command != TrainingCommand.Continue)
                    return new TrainingResult(TrainingEnd.Left, null, null, images, images / Batch, null);
                images += Batch;
                Report(images, observer);
            }
            CurvePoint last = Point(images, full: true);
            observer.OnReport(last);
            observer.OnCheckpoint(new FakeCopy(images), rung: true);
            return new TrainingResult(TrainingEnd.Finished, Outcome.Completed, null, images, images / Batch, last);
        }

        public void Dispose()
        {
        }

        private void Report(long images, IRunObserver observer)
        {
            bool rung = order.Plan.Rungs.Contains(images);
            if (images % order.Plan.ReportEvery == 0 || rung)
                observer.OnReport(Point(images, rung));
            if (images < order.Plan.BudgetImages && (images % order.Plan.CheckpointEvery == 0 || rung))
                observer.OnCheckpoint(new FakeCopy(images), rung);
            if (images % order.Plan.SamplesEvery == 0)
                observer.OnSamples(images, Encoding.ASCII.GetBytes("png"));
        }

        private CurvePoint Point(long images, bool full) => new()
        {
            Images = images,
            Updates = images / Batch,
            ImagesPerSecond = 1000,
            Full = full,
            Scores = System.Collections.Immutable.ImmutableSortedDictionary<string, Score>.Empty.Add("swd", new Score(1.0 / order.Experiment + 1.0 / images, 0, 0, 1, 1)),
        };

        private static long Restore(string checkpoint) => long.TryParse(File.ReadAllText(checkpoint), CultureInfo.InvariantCulture, out long images)
            ? images
            : throw new InvalidCheckpointException($"'{checkpoint}' is no checkpoint.");
    }

    private sealed class FakeCopy(long images) : ICheckpointCopy
    {
        public long Images => images;

        public long Updates => images / Batch;

        public async Task WriteAsync(Stream destination, CancellationToken cancellationToken) =>
            await destination.WriteAsync(Encoding.ASCII.GetBytes(images.ToString(CultureInfo.InvariantCulture)), cancellationToken);

        public void Dispose()
        {
        }
    }
}
