using CsCheck;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>Whole sweeps against crashes: whatever dies whenever, the result is that of the undisturbed sweep.</summary>
public sealed class SimulationTests
{
    /// <summary>
    /// A grid with conditions (dcgan 1 rate of 2 less the one of also, wgan 2 x 2 n_critic) of which one rate diverges, a
    /// known-good point before it, two repeats: (1 + 1 + 4) x 2 = 12 experiments.
    /// </summary>
    private static readonly SweepDefinition _grid = Small with
    {
        Repeats = 2,
        Space = Space(
            new ChoiceParameter("preset", ["dcgan", "wgan"]),
            new ChoiceParameter("lr_d", ["1", "9"]),
            new ChoiceParameter("n_critic", ["2", "5"]) { When = [new("preset", ["wgan"])] }),
        Also = [Point(("preset", "dcgan"), ("lr_d", "1"))],
    };

    /// <summary>Random rates of which some fail at once, stopped without gain in one full score, two at a time.</summary>
    private static readonly SweepDefinition _random = Small with
    {
        Sampler = SamplerChoice.Of("random"),
        Configurations = 9,
        Patience = 1,
        Slots = 2,
        Space = Space(new ChoiceParameter("lr_d", ["1", "2", "3", "8"]), new UniformParameter("beta1", 0, 1)),
    };

    public static TheoryData<string, int> Sweeps => new() { { "grid", 1 }, { "grid", 3 }, { "random", 3 } };

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Play_Undisturbed_EndsEachExperimentOnce(string name, int slots)
    {
        SweepDefinition definition = Definition(name);
        World world = new World(definition, slots, 1).Play();
        world.AssertWholeAtTheEnd();
        Assert.Equal(definition.TotalExperiments, world.Sweep.Experiments.Count);
        Assert.Equal(name == "grid" ? 12 : 9, world.Sweep.EndedCount);
        // Patience ends an experiment without a report of its own, so it must have come up, and so must each outcome.
        Assert.Equal(name == "grid" ? 0 : world.Sweep.Total - world.Ends().Count, world.Sweep.CountOf(ExperimentOutcome.Stopped));
        Assert.Equal(name == "grid" ? 6 : 0, world.Sweep.CountOf(ExperimentOutcome.Diverged));
        Assert.True(name == "grid" || (world.Sweep.CountOf(ExperimentOutcome.Stopped) > 0 && world.Sweep.CountOf(ExperimentOutcome.Failed) > 0));
    }

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Play_ACrashAfterEachEvent_EndsAsUndisturbed(string name, int slots)
    {
        World undisturbed = new World(Definition(name), slots, 1).Play();
        foreach (Crash crash in Enum.GetValues<Crash>())
        {
            for (int after = 2; after <= undisturbed.Events; after++)
            {
                World world = new World(Definition(name), slots, 1) { CrashAfter = e => e == after ? crash : null }.Play();
                world.AssertWholeAtTheEnd();
                Assert.Equal(undisturbed.Result(), world.Result());
            }
        }
    }

    [Fact]
    public void Play_ManyCrashesPausesAndOrders_EndsAsUndisturbed() =>
        Gen.Select(Gen.Bool.Select(grid => grid ? "grid" : "random"), Gen.Int[1, 5], Gen.ULong).Sample((name, slots, seed) =>
        {
            SearchRandom fate = new(seed);
            World world = new World(Definition(name), slots, seed)
            {
                // The lives of attempts are about five events long: one crash in ten lets all come to an end.
                CrashAfter = _ => fate.Below(10) == 0 ? (Crash)fate.Below(4) : null,
                Person = _ => fate.Below(12) == 0 ? new PauseRequested(Noon) : null,
            };
            while (world.Play().Sweep.Stage == SweepStage.Paused)
                world.Resume();
            world.AssertWholeAtTheEnd();
            Assert.Equal(new World(Definition(name), 1, 1).Play().Result(), world.Result());
        }, iter: 200);

    /// <summary>
    /// A person pauses and resumes single experiments all the time, and gives the budget its second half on the way: the
    /// end is that of a sweep that had the whole budget from the start, and nobody cared about.
    /// </summary>
    [Fact]
    public void Play_ExperimentsPausedAndBudgetExtended_EndsAsTheWholeBudget() =>
        Gen.Select(Gen.Int[1, 4], Gen.ULong).Sample((slots, seed) =>
        {
            SearchRandom fate = new(seed);
            SweepDefinition half = _grid with { BudgetImages = 800 };
            World world = new World(half, slots, seed)
            {
                CrashAfter = _ => fate.Below(12) == 0 ? (Crash)fate.Below(4) : null,
                Person = _ => fate.Below(6) switch
                {
                    0 => new ExperimentPauseRequested(Noon, fate.Below(12) + 1),
                    1 => new ExperimentResumed(Noon, fate.Below(12) + 1),
                    2 when fate.Below(8) == 0 => new SweepExtended(Noon, 1000, null),
                    _ => null,
                },
            }.Play();
            world.Do(new SweepExtended(Noon, 1000, null));
            for (int number = 1; number <= world.Sweep.Experiments.Count; number++)
                world.Do(new ExperimentResumed(Noon, number));
            world.Play();
            while (world.Sweep.PausedCount > 0)
            {
                foreach (Experiment paused in world.Sweep.Experiments.Where(e => e.Stage == ExperimentStage.Paused).ToList())
                    world.Do(new ExperimentResumed(Noon, paused.Number));
                world.Play();
            }
            world.AssertNothingIsLeftOver();
            string[] Ends(Sweep sweep) => [.. sweep.Experiments.Select(e => $"{e.Number} {e.Configuration} {e.Outcome} {e.Images} {e.ScoreAt(half.Objective, 750)} {e.ScoreAt(half.Objective, 1000)}")];
            Assert.Equal(Ends(new World(_grid, 1, 1).Play().Sweep), Ends(world.Sweep));
        }, iter: 60);

    [Fact]
    public void Play_CancelledAfterEachEvent_EndsWithNothingRunning()
    {
        int events = new World(_grid, 3, 1).Play().Events;
        for (int after = 1; after < events; after++)
        {
            World world = new World(_grid, 3, 1)
            {
                Person = e => e == after ? new CancelRequested(Noon, "enough") : null,
                CrashAfter = e => e == after + 2 ? Crash.Everything : null,
            }.Play();
            world.AssertWholeAtTheEnd();
            Assert.True(world.Sweep.Stage == SweepStage.Cancelled || world.Sweep.EndedCount == world.Sweep.Total);
        }
    }

    [Fact]
    public void Play_SnapshotAfterEachEvent_IsTheStateExactly()
    {
        World? world = null;
        world = new World(_grid, 3, 1)
        {
            Person = _ =>
            {
                world!.AssertReplaysExactly();
                return null;
            },
        };
        Assert.True(world.Play().Events > 50);
    }

    private static SweepDefinition Definition(string name) => name == "grid" ? _grid : _random;
}
