using CatGan.Abstractions.Experiments;
using CatGan.Training.Evaluation;
using TorchSharp;

namespace CatGan.Training.Tests.Runs;

/// <summary>Alone in the process: its memory is everybody's.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class MemoryTests
{
    private const int Steps = 2_000;
    private const long Flat = 4 << 20;

    [Theory]
    [InlineData("dcgan")]
    [InlineData("lsgan")]
    [InlineData("wgan")]
    [InlineData("wgan-gp")]
    public async Task Run_TwoThousandSteps_MemoryStaysFlat(string preset)
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        MemoryWatch watch = new(first: 100, middle: 1_100, last: 100 + Steps);
        TrainingPlan plan = TinyRun.Plan((Steps + 110) * TinyRun.Batch) with { ReportEvery = 400, SamplesEvery = 0, CheckpointEvery = 0, Rungs = [] };

        tiny.Run(new TrainingJob(TinyRun.Options(preset), plan, Seed: 1), watch, evaluator: () => new NoEvaluation());

        Assert.Equal(watch.TensorsEarly, watch.TensorsLate);
        // From the middle on: until then the runtime itself grows, by the code it compiles.
        Assert.InRange(watch.BytesLate - watch.BytesMiddle, long.MinValue, Flat);
    }

    [Theory]
    [InlineData("dcgan")]
    [InlineData("wgan-gp")]
    public async Task Run_Over_NoTensorIsLeft(string preset)
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        // Tensors are counted a thread, so that the whole life of the run has to happen on one.
        long left = await Task.Factory.StartNew(() => LeftBehind(tiny, preset), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Equal(0, left);
    }

    private static long LeftBehind(TinyRun tiny, string preset)
    {
        TrainingJob job = new(TinyRun.Options(preset), TinyRun.Plan(96), Seed: 1);
        Recorder first = new() { Folder = tiny.Folder.FullName, LeaveAt = 10 };
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        tiny.Run(job, first);
        tiny.Run(job, new Recorder(), first.Checkpoints[^1].Path);
        return DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount - before;
    }

    /// <summary>Looks at live tensors and the process's memory early on, in the middle and late.</summary>
    private sealed class MemoryWatch(int first, int middle, int last) : ITrainingObserver
    {
        private int _step;

        public long TensorsEarly { get; private set; } = -1;

        public long TensorsLate { get; private set; } = -2;

        public long BytesMiddle { get; private set; }

        public long BytesLate { get; private set; } = long.MaxValue;

        public TrainingCommand NextCommand()
        {
            if (_step == first)
                TensorsEarly = Tensors();
            if (_step == middle)
                BytesMiddle = Bytes();
            if (_step == last)
                (TensorsLate, BytesLate) = (Tensors(), Bytes());
            _step++;
            return TrainingCommand.Continue;
        }

        public void OnReport(CurvePoint point)
        {
        }

        public void OnSamples(long images, ReadOnlyMemory<byte> png)
        {
        }

        public void OnCheckpoint(CheckpointSnapshot snapshot, bool rung) => snapshot.Dispose();

        private static long Tensors() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

        /// <summary>Native memory: the process's own without what the garbage collector keeps at hand.</summary>
        private static long Bytes()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using System.Diagnostics.Process process = System.Diagnostics.Process.GetCurrentProcess();
            return process.PrivateMemorySize64 - GC.GetGCMemoryInfo().TotalCommittedBytes;
        }
    }
}
