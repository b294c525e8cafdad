using CatGan.Abstractions.Experiments;
using CatGan.Training.Evaluation;

namespace CatGan.Training.Tests.Runs;

public sealed class EndsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_Collapsed_EndsItOnlyWhereThePlanSaysSo(bool stop)
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingPlan plan = TinyRun.Plan(7_200) with { ReportEvery = 1_000, CheckpointEvery = 0, Rungs = [], StopOn = stop ? ["collapsed"] : [] };
        Recorder heard = new() { Folder = tiny.Folder.FullName };
        TrainingJob job = new(TinyRun.Options("dcgan"), plan, Seed: 1);

        TrainingResult result = tiny.Run(job, heard, evaluator: () => new AllAlike());

        Assert.Equal(stop ? Outcome.Stopped : Outcome.Completed, result.Outcome);
        Assert.Equal(stop ? 7_000 : 7_200, result.Images); // four reports past 1,000 updates, no better than those before
        Assert.Contains("collapsed", heard.Curve.Single(p => p is { Images: 7_000, Full: false }).Flags.Keys);
        Assert.Equal((result.Images, true), (heard.Checkpoints[^1].Images, heard.Checkpoints[^1].Rung));
        Assert.Contains("collapsed", result.Last!.Flags.Keys); // the end's full score has no losses of its own to judge by
        TrainingResult again = tiny.Run(job, new Recorder(), heard.Checkpoints[^1].Path, () => new AllAlike());
        Assert.Equal((result.Outcome, result.Reason, result.Images), (again.Outcome, again.Reason, again.Images));
    }

    [Fact]
    public async Task Run_HealthyWithRungs_IsNeverFlagged()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingPlan plan = TinyRun.Plan(2_000) with { ReportEvery = 100, CheckpointEvery = 0, SamplesEvery = 0, Rungs = [400, 800, 1_200], StopOn = ["collapsed"] };
        Recorder heard = new();

        TrainingResult result = tiny.Run(new TrainingJob(TinyRun.Options("dcgan"), plan, Seed: 1), heard, evaluator: () => new AllAlike(improvement: 0.97));

        Assert.Equal(Outcome.Completed, result.Outcome);
        Assert.True(heard.Curve.Where(p => p.Full).Max(p => p.Scores["swd"].Value) < heard.Curve.Where(p => !p.Full).Min(p => p.Scores["swd"].Value));
        Assert.All(heard.Curve, p => Assert.Empty(p.Flags));
    }

    [Fact]
    public async Task Run_CollapsedInAShortRun_IsFlaggedPastItsFirstHalf()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingPlan plan = TinyRun.Plan(2_000) with { ReportEvery = 100, CheckpointEvery = 0, SamplesEvery = 0, Rungs = [] };
        Recorder heard = new();

        tiny.Run(new TrainingJob(TinyRun.Options("dcgan"), plan, Seed: 1), heard, evaluator: () => new AllAlike());

        Assert.Equal(1_300, heard.Curve.First(p => p.Flags.ContainsKey("collapsed")).Images); // the fourth report from 1,000 on
    }

    [Fact]
    public async Task Run_CollapsedWithABudgetOfTimeAlone_IsFlagged()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingPlan plan = TinyRun.Plan(TrainingPlan.NoLimit) with
        {
            BudgetTime = TimeSpan.FromSeconds(1_500),
            ReportEvery = 500,
            CheckpointEvery = 0,
            SamplesEvery = 0,
            Rungs = [],
        };
        using Trainer trainer = new(
            new TrainingJob(TinyRun.Options("dcgan"), plan, Seed: 1), tiny.Data, TrainingDevice.Cpu(1), new TickingTime(TimeSpan.FromSeconds(1)), () => new AllAlike());
        Recorder heard = new();

        trainer.Run(heard);

        Assert.Equal(5_500, heard.Curve.First(p => p.Flags.ContainsKey("collapsed")).Images); // the fourth report from 1,000 updates on
    }

    [Fact]
    public async Task Run_BudgetTimeUsedUp_EndsWithAFullScore()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingPlan plan = TinyRun.Plan(1_000_000) with { BudgetTime = TimeSpan.FromSeconds(10), ReportEvery = 1_000, SamplesEvery = 0, Rungs = [] };
        TrainingJob job = new(TinyRun.Options("dcgan"), plan, Seed: 1);
        using Trainer trainer = new(job, tiny.Data, TrainingDevice.Cpu(1), new TickingTime(TimeSpan.FromSeconds(1)), () => new NoEvaluation());
        Recorder heard = new();

        TrainingResult result = trainer.Run(heard);

        Assert.Equal(Outcome.Completed, result.Outcome);
        Assert.Equal(10 * TinyRun.Batch, result.Images); // the clock ticks once a step
        Assert.True(heard.Curve[^1].Full);
    }

    [Fact]
    public async Task Run_WithReportsAndNoGrids_TellsWhatTheScoresTook()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingPlan plan = TinyRun.Plan(96) with { ReportEvery = 24, SamplesEvery = 0, Rungs = [] };
        using Trainer trainer = new(
            new TrainingJob(TinyRun.Options("dcgan"), plan, Seed: 1), tiny.Data, TrainingDevice.Cpu(1), new TickingTime(TimeSpan.FromSeconds(1)), () => new NoEvaluation());

        TrainingResult result = trainer.Run(new Recorder());

        Assert.Equal(TimeSpan.FromSeconds(4), result.Evaluation); // four reports of one tick each
        Assert.True(result.Took > TimeSpan.FromSeconds(24 + 8), $"{result.Took} is less than a tick a step and two a report");
    }

    /// <summary>A clock that goes on by a fixed time whenever it is read.</summary>
    private sealed class TickingTime(TimeSpan tick) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += tick.Ticks;
    }
}
