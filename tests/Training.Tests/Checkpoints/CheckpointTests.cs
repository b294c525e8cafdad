using CatGan.Abstractions.Experiments;
using CatGan.Training.Tests.Runs;

namespace CatGan.Training.Tests.Checkpoints;

public sealed class CheckpointTests
{
    private static readonly TrainingJob s_job = new(TinyRun.Options("dcgan"), TinyRun.Plan(40), Seed: 1);

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-1)]
    public async Task Restore_TornFile_IsRefused(int length)
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        string path = Checkpoint(tiny);
        byte[] whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, whole[..(length < 0 ? whole.Length + length : length)], TestContext.Current.CancellationToken);
        using Trainer trainer = tiny.Trainer(s_job);

        InvalidCheckpointException e = Assert.Throws<InvalidCheckpointException>(() => trainer.Restore(path));

        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_OtherOptions_NamesWhatDiffers()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        string path = Checkpoint(tiny);
        using Trainer trainer = tiny.Trainer(s_job with { Options = s_job.Options with { LrD = 0.125, HiddenG = 4 }, Seed = 2 });

        InvalidCheckpointException e = Assert.Throws<InvalidCheckpointException>(() => trainer.Restore(path));

        Assert.Contains("lr_d is 5E-05 in it and 0.125 in the job", e.Message, StringComparison.Ordinal);
        Assert.Contains("hidden_g is 2 in it and 4 in the job", e.Message, StringComparison.Ordinal);
        Assert.Contains("seed is 1 in it and 2 in the job", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_OtherPictures_IsRefused()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        using TinyRun other = await TinyRun.CreateAsync(count: 30);
        string path = Checkpoint(tiny);
        using Trainer trainer = other.Trainer(s_job);

        InvalidCheckpointException e = Assert.Throws<InvalidCheckpointException>(() => trainer.Restore(path));

        Assert.Contains("the pictures' hash", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_SafetensorsOfAnotherKind_IsRefused()
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        using Trainer trainer = tiny.Trainer(s_job);

        InvalidCheckpointException e = Assert.Throws<InvalidCheckpointException>(
            () => trainer.Restore(Path.Combine(AppContext.BaseDirectory, "Reference", "dcgan.safetensors")));

        Assert.Contains("its format is none", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LearningRateSchedule.Constant, true)]
    [InlineData(LearningRateSchedule.Linear, false)]
    public async Task Restore_LongerBudget_FitsWhereNoScheduleHangsOnIt(LearningRateSchedule schedule, bool fits)
    {
        using TinyRun tiny = await TinyRun.CreateAsync();
        TrainingJob job = s_job with { Options = s_job.Options with { LrSchedule = schedule } };
        string path = Checkpoint(tiny, job);
        using Trainer trainer = tiny.Trainer(job with { Plan = job.Plan with { BudgetImages = 80 } });

        if (fits)
        {
            trainer.Restore(path);
            Assert.Equal(80, trainer.Run(new Recorder()).Images);
        }
        else
        {
            Assert.Contains("budget", Assert.Throws<InvalidCheckpointException>(() => trainer.Restore(path)).Message, StringComparison.Ordinal);
        }
    }

    private static string Checkpoint(TinyRun tiny, TrainingJob? job = null)
    {
        Recorder heard = new() { Folder = tiny.Folder.FullName };
        tiny.Run(job ?? s_job, heard);
        return heard.Checkpoints[^1].Path;
    }
}
