using CatGan.Abstractions;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Search;

namespace CatGan.Coordinator.Tests.Commands;

/// <summary>What a person does to sweeps: what reaches the silo, and what is said.</summary>
public sealed class PersonCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    public static TheoryData<string[], SweepCommand> Typed => new()
    {
        { ["pause", "last"], new PauseSweep() },
        { ["pause", "last/2"], new PauseExperiment(2) },
        { ["resume", "two/2"], new ResumeExperiment(2) },
        { ["cancel", "last/2", "--reason", "dull"], new CancelExperiment(2, "dull") },
        { ["extend", "last", "--images", "2e3", "--experiments", "7"], new ExtendSweep(2000, null, 7) },
        { ["extend", "last", "--time", "1h30m"], new ExtendSweep(null, TimeSpan.FromMinutes(90), null) },
        { ["retry", "last"], new RetryExperiments(null, false) },
        { ["retry", "last/1", "--fresh"], new RetryExperiments(1, true) },
        { ["priority", "last", "--weight", "2.5", "--cap", "3"], new ChangeShare(2.5, 3) },
        { ["priority", "last", "--cap", "none"], new ChangeShare(null, 0) },
        { ["pin", "last/2"], new PinCheckpoint(2, null, true) },
        { ["pin", "last/2@20_000"], new PinCheckpoint(2, 20_000, true) },
        { ["unpin", "last/2"], new PinCheckpoint(2, null, false) },
    };

    [Theory]
    [MemberData(nameof(Typed))]
    public async Task Command_Typed_ReachesTheSilo(string[] typed, SweepCommand expected)
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync(typed);
        Assert.Equal((0, "two-1: done"), (said.Code, said.Error.Trim()));
        Assert.Equal(expected, Assert.Single(shell.Silo.Commands));
        Assert.Equal("two-1", shell.Silo.Id);
    }

    [Fact]
    public async Task Tag_AddAndRemove_ReachTheSilo()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("tag", "last", "red", "best one", "--remove", "blue", "--note", "look");
        Assert.Equal(0, said.Code);
        TagSweep tag = Assert.IsType<TagSweep>(Assert.Single(shell.Silo.Commands));
        Assert.Equal(["red", "best one"], tag.Add);
        Assert.Equal(["blue"], tag.Remove);
        Assert.Equal("look", tag.Note);
    }

    [Fact]
    public async Task Command_Refused_TellsWhyAndFails()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        shell.Silo.OnCommand = _ => new(null, "budget.images is 500, but a budget only grows");
        Said said = await shell.RunAsync("extend", "last", "--images", "500");
        Assert.Equal(1, said.Code);
        Assert.Contains("error: two-1: budget.images is 500, but a budget only grows", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_AnswerLost_IsSentAgain()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        shell.Silo.OnCommand = _ => shell.Silo.Commands.Count < 3 ? throw new TimeoutException() : new("done", null);
        Assert.Equal(0, (await shell.RunAsync("retry", "last")).Code);
        Assert.Equal(3, shell.Silo.Commands.Count);
    }

    [Theory]
    [InlineData("--images is many, but must be a whole number from 1 to 999,999,999,999", "extend", "last", "--images", "many")]
    [InlineData("name what there is to be more of", "extend", "last")]
    [InlineData("a whole sweep is extended", "extend", "last/2", "--images", "5")]
    [InlineData("--weight is 0, but must be from 0.001 to 1000", "priority", "last", "--weight", "0")]
    [InlineData("--cap is 0, but must be a whole number from 1 to 10,000, or none", "priority", "last", "--cap", "0")]
    [InlineData("last names no experiment", "pin", "last")]
    [InlineData("soon is no number of images", "pin", "last/1@soon")]
    [InlineData("name tags to add, or --remove or --note", "tag", "last")]
    [InlineData("--older-than is 5m, but must be", "gc", "--older-than", "5m")]
    [InlineData("but must be KEY=VALUE", "clone", "last", "--set", "images")]
    [InlineData("budget.imagges is not a key", "clone", "last", "--print", "--set", "budget.imagges=5")]
    [InlineData("no sweep is named", "results")]
    [InlineData("--where is lr_d, but must be NAME, a comparison", "list", "--where", "lr_d")]
    [InlineData("--state is done, but must be one of running", "list", "--state", "done")]
    public async Task Command_BadInput_SaysWhatItMustBe(string expected, params string[] typed)
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync(typed);
        Assert.Equal(2, said.Code);
        Assert.Contains(expected, said.Error, StringComparison.Ordinal);
        Assert.Empty(shell.Silo.Commands);
    }

    [Fact]
    public async Task Clone_Print_ShowsTheChangedSpecAndStartsNothing()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync(
            "clone", "last", "--print", "--set", "budget.images=5000", "--set", "parameters.lr={choice: [1e-4, 2e-4]}", "--set", "tags=", "--set", "note=The end.", "--name", "another: one", "--seed", "7");
        Assert.Equal(0, said.Code);
        Assert.Null(shell.Silo.Submitted);
        SweepDefinition clone = CatGan.Coordinator.Spec.SpecReader.Read(said.Out).Definition!;
        Assert.Equal(("another: one", 5000L, 7L, 0), (clone.Name, clone.BudgetImages, clone.Seed, clone.Tags.Length));
        Assert.Equal(4, clone.TotalExperiments);
        Assert.Equal(("builtin:drawn-cats?count=64", "The end."), (clone.Dataset, clone.Note));
    }

    [Fact]
    public async Task Clone_NothingChanged_SubmitsTheSpecAsItWasUnderANewId()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("clone", "last");
        Assert.Equal((0, shell.Silo.Id), (said.Code, said.Out.Trim()));
        Assert.NotEqual("two-1", shell.Silo.Id);
        Assert.Equal(Journals.Spec, shell.Silo.Submitted!.SpecYaml);
    }

    [Fact]
    public async Task Watch_OnlyPausedExperimentsLeft_SaysSoAndLeaves()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        shell.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Experiment(1) with { Phase = ExperimentPhase.Paused }) with { Paused = 1 });
        Said said = await shell.RunAsync("watch", "last");
        Assert.Equal(1, said.Code);
        Assert.Contains("catgan resume two-1/N", said.Error, StringComparison.Ordinal);
    }
}
