using System.Text.Json;
using CatGan.Abstractions.Experiments;

namespace CatGan.Training.Tests.Runs;

public sealed class ResumeTests
{
    private const long Budget = 96;

    [Theory]
    [InlineData("dcgan", 5)]
    [InlineData("dcgan", 0)]
    [InlineData("dcgan-selu", 13)]
    [InlineData("lsgan", 7)]
    [InlineData("wgan", 4)] // 3 critic updates an iteration: between the first and the second
    [InlineData("wgan", 6)]
    [InlineData("wgan-gp", 8)] // between the second and the third
    public async Task Run_LeftAnywhereAndResumed_EqualsTheUninterruptedRun(string preset, long leaveAt)
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingJob job = new(TinyRun.Options(preset) with { Flip = true, WeightDecay = 1e-4, LrSchedule = LearningRateSchedule.Cosine }, TinyRun.Plan(Budget), Seed: 7);
        Recorder whole = new() { Folder = tiny.Folder.CreateSubdirectory("whole").FullName };
        Recorder first = new() { Folder = tiny.Folder.CreateSubdirectory("first").FullName, LeaveAt = leaveAt };
        Recorder second = new() { Folder = tiny.Folder.CreateSubdirectory("second").FullName };

        TrainingResult straight = tiny.Run(job, whole);
        TrainingResult left = tiny.Run(job, first);
        TrainingResult resumed = tiny.Run(job, second, first.Checkpoints[^1].Path);

        Assert.Equal((TrainingEnd.Left, leaveAt * TinyRun.Batch), (left.End, left.Images));
        Assert.Equal((Outcome.Completed, straight.Images, straight.Updates), (resumed.Outcome, resumed.Images, resumed.Updates));
        Assert.Equal(CheckpointContent.Read(whole.Checkpoints[^1].Path), CheckpointContent.Read(second.Checkpoints[^1].Path));
        Assert.Equal(Lines(whole.Curve), Lines(first.Curve.Concat(second.Curve)));
        Assert.Equal(whole.Samples, first.Samples.Concat(second.Samples));
    }

    [Fact]
    public async Task Run_KilledAndResumedFromTheLastCheckpoint_RepeatsWhatWasLost()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingJob job = new(TinyRun.Options("wgan"), TinyRun.Plan(Budget), Seed: 7);
        Recorder whole = new() { Folder = tiny.Folder.FullName };

        tiny.Run(job, whole);
        (long images, _, string path) = whole.Checkpoints[0];
        Recorder again = new() { Folder = tiny.Folder.CreateSubdirectory("again").FullName };
        tiny.Run(job, again, path);

        Assert.True(images < Budget / 2);
        Assert.Equal(Lines(whole.Curve.Where(p => p.Images > images)), Lines(again.Curve));
        Assert.Equal(CheckpointContent.Read(whole.Checkpoints[^1].Path), CheckpointContent.Read(again.Checkpoints[^1].Path));
    }

    [Fact]
    public async Task Run_ResumedFromTheEnd_GivesTheResultAgainWithoutTraining()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingJob job = new(TinyRun.Options("lsgan"), TinyRun.Plan(Budget), Seed: 7);
        Recorder whole = new() { Folder = tiny.Folder.FullName };
        TrainingResult straight = tiny.Run(job, whole);
        Recorder again = new();

        TrainingResult result = tiny.Run(job, again, whole.Checkpoints[^1].Path);

        Assert.Empty(again.Curve);
        Assert.Empty(again.Checkpoints);
        Assert.Equal(straight.Outcome, result.Outcome);
        Assert.Equal(Lines([straight.Last!]), Lines([result.Last!]));
    }

    [Theory]
    [InlineData("dcgan")]
    [InlineData("wgan-gp")] // 3 critic updates an iteration: both budgets end with a whole one
    public async Task Run_CompletedAndGivenALargerBudget_HasTheWeightsOfTheLongerRun(string preset)
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingJob half = new(TinyRun.Options(preset), TinyRun.Plan(Budget / 2), Seed: 7), full = half with { Plan = TinyRun.Plan(Budget) };
        Recorder whole = new() { Folder = tiny.Folder.CreateSubdirectory("whole").FullName };
        Recorder first = new() { Folder = tiny.Folder.CreateSubdirectory("first").FullName };
        Recorder second = new() { Folder = tiny.Folder.CreateSubdirectory("second").FullName };

        TrainingResult straight = tiny.Run(full, whole);
        Assert.Equal(Outcome.Completed, tiny.Run(half, first).Outcome);
        TrainingResult extended = tiny.Run(full, second, first.Checkpoints[^1].Path);

        Assert.Equal((Outcome.Completed, straight.Images, straight.Updates), (extended.Outcome, extended.Images, extended.Updates));
        Assert.True(second.Curve[^1].Full);
        Assert.Equal(Tensors(whole), Tensors(second));

        // The loss window opened at another report; it weighs nothing.
        IEnumerable<KeyValuePair<string, string>> Tensors(Recorder run) => CheckpointContent.Read(run.Checkpoints[^1].Path)
            .Where(c => !c.Key.StartsWith("metadata ", StringComparison.Ordinal) && !c.Key.StartsWith("losses.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ScheduleAndALargerBudget_IsRefusedByTheCheckpoint()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingJob half = new(TinyRun.Options("dcgan") with { LrSchedule = LearningRateSchedule.Linear }, TinyRun.Plan(Budget / 2), Seed: 7);
        Recorder first = new() { Folder = tiny.Folder.FullName };
        tiny.Run(half, first);
        InvalidCheckpointException fault = Assert.Throws<InvalidCheckpointException>(
            () => tiny.Run(half with { Plan = TinyRun.Plan(Budget) }, new Recorder(), first.Checkpoints[^1].Path));
        Assert.Contains("the budget, which the learning rates follow", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FlaggedBeforeItWasLeft_CarriesTheFlagOnAfterTheResume()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingPlan plan = TinyRun.Plan(1_200) with { ReportEvery = 50, CheckpointEvery = 0, SamplesEvery = 0, Rungs = [] };
        TrainingJob job = new(TinyRun.Options("dcgan"), plan, Seed: 7);
        HashSet<long> early = [.. Enumerable.Range(0, 851).Select(images => Seeds.Of(job.Seed, SeedPurpose.Score, images))];
        Recorder whole = new();
        Recorder first = new() { Folder = tiny.Folder.FullName, LeaveAt = 960 / TinyRun.Batch };
        Recorder second = new();

        TrainingResult straight = tiny.Run(job, whole, evaluator: () => new AllAlike(alike: early.Contains));
        tiny.Run(job, first, evaluator: () => new AllAlike(alike: early.Contains));
        TrainingResult resumed = tiny.Run(job, second, first.Checkpoints[^1].Path, () => new AllAlike(alike: early.Contains));

        Assert.Contains("collapsed", straight.Last!.Flags.Keys);
        Assert.Equal(Lines(whole.Curve), Lines(first.Curve.Concat(second.Curve)));
        Assert.Equal(Lines([straight.Last!]), Lines([resumed.Last!]));
    }

    private static string[] Lines(IEnumerable<CurvePoint> curve) =>
        [.. curve.Select(p => JsonSerializer.Serialize(p with { Seconds = 0, ImagesPerSecond = 0 }))];
}
