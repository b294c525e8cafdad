using System.Runtime.InteropServices;
using CatGan.Abstractions.Experiments;
using CatGan.Training.Evaluation;
using TorchSharp;

namespace CatGan.Training.Tests.Runs;

public sealed class RunTests
{
    [Fact]
    public async Task Run_Plan_IsKept()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        Recorder heard = new();

        TrainingResult result = tiny.Run(new TrainingJob(TinyRun.Options("dcgan"), TinyRun.Plan(98), Seed: 1), heard);

        Assert.Equal((TrainingEnd.Finished, Outcome.Completed, null, 100, 25), (result.End, result.Outcome, result.Reason, result.Images, result.Updates));
        Assert.Equal([24, 48, 60, 72, 96, 100], heard.Curve.Select(p => p.Images));
        Assert.Equal([60, 100], heard.Curve.Where(p => p.Full).Select(p => p.Images));
        Assert.Equal([0, 48, 96, 100], heard.Samples);
        Assert.Equal([(40, false), (60, true), (80, false), (100, true)], heard.Checkpoints.Select(c => (c.Images, c.Rung)));
        Assert.All(heard.Curve, p => Assert.True(p is { LossD: not null, LossG: not null }));
        Assert.Equal(["ms_ssim", "swd"], result.Last!.Scores.Keys);
        Assert.Equal(8, result.Last.Scores["swd"].Pictures);
    }

    [Fact]
    public async Task Run_WassersteinBudgetWithinAnIteration_EndsWithTheIteration()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();

        TrainingResult result = tiny.Run(new TrainingJob(TinyRun.Options("wgan-gp"), TinyRun.Plan(16), Seed: 1), new Recorder(), evaluator: () => new NoEvaluation());

        Assert.Equal((24, 2), (result.Images, result.Updates)); // 3 critic updates of 4 pictures each
    }

    [Fact]
    public async Task Run_Warmup_TrainsTheCriticAHundredTimes()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingJob job = new(TinyRun.Options("wgan") with { Warmup = 1 }, TinyRun.Plan(401), Seed: 1);

        TrainingResult result = tiny.Run(job, new Recorder(), evaluator: () => new NoEvaluation());

        Assert.Equal((412, 2), (result.Images, result.Updates)); // 100 and then 3 critic updates of 4 pictures
    }

    [Fact]
    public async Task Run_SameSeed_SameWeightsWhateverElseDrawsNumbers()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingJob job = new(TinyRun.Options("dcgan"), TinyRun.Plan(24), Seed: 5);
        Recorder first = new() { Folder = tiny.Folder.CreateSubdirectory("1").FullName };
        Recorder second = new() { Folder = tiny.Folder.CreateSubdirectory("2").FullName };
        Recorder other = new() { Folder = tiny.Folder.CreateSubdirectory("3").FullName };

        tiny.Run(job, first);
        torch.manual_seed(12345);
        tiny.Run(job, second, evaluator: () => new NoEvaluation()); // and scoring never touches training
        tiny.Run(job with { Seed = 6 }, other);

        SortedDictionary<string, string> one = CheckpointContent.Read(first.Checkpoints[^1].Path), two = CheckpointContent.Read(second.Checkpoints[^1].Path);
        SortedDictionary<string, string> three = CheckpointContent.Read(other.Checkpoints[^1].Path);
        Assert.Equal(one.Where(IsTensor), two.Where(IsTensor));
        Assert.NotEqual(one["generator.0.weight"], three["generator.0.weight"]);
        Assert.NotEqual(one["order"], three["order"]);

        static bool IsTensor(KeyValuePair<string, string> entry) => !entry.Key.StartsWith("metadata", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TwoAtOnce_EachAsAlone()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        Task<SortedDictionary<string, string>>[] both = [.. Enumerable.Range(0, 2).Select(i => Task.Factory.StartNew(
            () => Train(tiny, $"both{i}", i), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

        SortedDictionary<string, string>[] together = await Task.WhenAll(both);

        for (int i = 0; i < 2; i++)
            Assert.Equal(Train(tiny, $"alone{i}", i), together[i]);
    }

    [Fact]
    public async Task Run_RatesBeyondAllReason_IsDivergedAndNoCrash()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        Recorder heard = new();
        TrainingJob job = new(TinyRun.Options("lsgan") with { LrD = 1e30, LrG = 1e30 }, TinyRun.Plan(100_000) with { ReportEvery = 1_000, Rungs = [] }, Seed: 1);

        TrainingResult result = tiny.Run(job, heard);

        Assert.Equal((TrainingEnd.Finished, Outcome.Diverged), (result.End, result.Outcome));
        Assert.Equal(64 * TinyRun.Batch, result.Images); // the first look at the losses, well before the first report
        Assert.Contains($"Noticed at {result.Images} images", result.Reason, StringComparison.Ordinal);
        Assert.Contains("diverged", heard.Curve[^1].Flags.Keys);
        Assert.DoesNotContain(heard.Checkpoints, c => c.Images == result.Images);
    }

    [Fact]
    public async Task Run_DeviceOutOfMemory_IsAnOutcomeWithAdvice()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingJob job = new(TinyRun.Options("dcgan"), TinyRun.Plan(100), Seed: 1);

        TrainingResult result = tiny.Run(job, new Recorder(), evaluator: () => ThrowingEvaluator.Saying("CUDA out of memory. Tried to allocate 2.00 GiB"));

        Assert.Equal((TrainingEnd.Finished, Outcome.OutOfMemory), (result.End, result.Outcome));
        Assert.Contains("batch 2", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OtherFault_IsAnException()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingJob job = new(TinyRun.Options("dcgan"), TinyRun.Plan(100), Seed: 1);

        Assert.Throws<ExternalException>(() => tiny.Run(job, new Recorder(), evaluator: () => ThrowingEvaluator.Saying("shape mismatch")));
    }

    [Fact]
    public async Task Run_ToldToLeave_LeavesWithoutACheckpoint()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        Recorder heard = new() { LeaveAt = 3, Leaving = TrainingCommand.Leave };

        TrainingResult result = tiny.Run(new TrainingJob(TinyRun.Options("dcgan"), TinyRun.Plan(100), Seed: 1), heard);

        Assert.Equal((TrainingEnd.Left, null, 12), (result.End, result.Outcome, result.Images));
        Assert.Empty(heard.Checkpoints);
    }

    private static SortedDictionary<string, string> Train(TinyRun tiny, string folder, int seed)
    {
        Recorder heard = new() { Folder = tiny.Folder.CreateSubdirectory(folder).FullName };
        tiny.Run(new TrainingJob(TinyRun.Options("wgan-gp"), TinyRun.Plan(48), seed), heard);
        return CheckpointContent.Read(heard.Checkpoints[^1].Path);
    }
}
