using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class SweepDefinitionTests
{
    public static TheoryData<string, SweepDefinition, string> Faulty => new()
    {
        { "name", Small with { Name = " " }, "name is empty" },
        { "dataset", Small with { Dataset = "" }, "builtin:drawn-cats" },
        { "objective", Small with { Objective = new("", true) }, "swd" },
        { "budget.images", Small with { BudgetImages = 0, Rungs = [] }, "budget.images is 0, but must be a whole number of at least 1" },
        { "budget.time", Small with { BudgetTime = TimeSpan.Zero }, "00:00:00" },
        { "experiments", Small with { Configurations = 0 }, "experiments is 0, but must be a whole number of at least 1 and up to 1000000" },
        { "repeats", Small with { Repeats = 1001 }, "repeats is 1001, but must be a whole number of at least 1 and up to 1000" },
        { "patience", Small with { Patience = 0 }, "patience is 0" },
        { "patience", Small with { Patience = 3 }, "only 3 rungs before the end, so that it never acts; give at least 4 rungs" },
        { "slots", Small with { Slots = 0 }, "slots is 0" },
        { "report_every", Small with { ReportEvery = 0 }, "report_every is 0" },
        { "checkpoint_every", Small with { CheckpointEvery = -1 }, "checkpoint_every is -1" },
        { "samples_every", Small with { SamplesEvery = 0 }, "samples_every is 0" },
        { "rungs[1]", Small with { Rungs = [500, 500] }, "rungs[1] is 500, but must be above 500 and below the budget of 1000 images" },
        { "rungs[0]", Small with { Rungs = [1000] }, "rungs[0] is 1000" },
        { "stop_on[1]", Small with { StopOn = ["stuck", "diverged"] }, "stop_on[1] is diverged, but must be one of stuck, collapsed" },
        { "warm_start", Small with { WarmStart = ["last"] }, "warm_start is of no use to the grid sampler" },
        { "sampler", Small with { Sampler = SamplerChoice.Of("genetic") }, "sampler is genetic, but must be one of grid, random, sobol, tpe" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Faults_OneThingWrong_IsNamedWithValueAndBound(string path, SweepDefinition definition, string words)
    {
        SpecFault fault = Assert.Single(definition.Faults());
        Assert.Equal(path, fault.Path);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_NothingWrong_None() => Assert.Empty(Small.Faults());

    [Fact]
    public void TotalExperiments_GridWithAlsoAndRepeats_CountsAll()
    {
        // 2 on the grid and 1 beside it, 3 repeats each.
        SweepDefinition definition = Small with { Also = [Point(("lr_d", "1"))], Repeats = 3 };
        Assert.Equal((3, 9), (definition.TotalConfigurations, definition.TotalExperiments));
    }
}
