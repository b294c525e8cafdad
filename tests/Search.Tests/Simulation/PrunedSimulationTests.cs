using System.Collections.Immutable;
using CsCheck;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>
/// Whole sweeps with pruners against crashes. What a pruner decides hangs on who arrives first, so that a disturbed sweep
/// may end otherwise; but it ends whole, and whoever reads its journal comes to the same decisions.
/// </summary>
public sealed class PrunedSimulationTests
{
    public static TheoryData<string, int> Sweeps => new()
    {
        { "asha", 1 }, { "asha", 3 }, { "hyperband", 3 }, { "median", 3 }, { "patient", 3 },
    };

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Play_ACrashAfterEachEvent_EndsWholeWithTheSameDecisions(string name, int slots)
    {
        int events = new World(Definition(name), slots, 1).Play().Events;
        foreach (Crash crash in Enum.GetValues<Crash>())
        {
            for (int after = 2; after <= events; after++)
            {
                World world = new World(Definition(name), slots, 1) { CrashAfter = e => e == after ? crash : null }.Play();
                AssertWhole(world, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Play_SnapshotAfterEachEvent_IsTheStateExactlyAndGoesOnAlike(string name, int slots)
    {
        World? world = null;
        world = new World(Definition(name), slots, 1)
        {
            Person = _ =>
            {
                world!.AssertReplaysExactly();
                return null;
            },
        };
        world.Play();
        AssertWhole(world, name);
        world.AssertEachSnapshotDecidesAlike();
    }

    [Fact]
    public void Play_ManyCrashesPausesAndOrders_EndsWhole() =>
        Gen.Select(Gen.Int[0, 3].Select(i => ((string[])["asha", "hyperband", "median", "patient"])[i]), Gen.Int[1, 5], Gen.ULong).Sample((name, slots, seed) =>
        {
            SearchRandom fate = new(seed);
            World world = new World(Definition(name), slots, seed)
            {
                CrashAfter = _ => fate.Below(10) == 0 ? (Crash)fate.Below(4) : null,
                Person = _ => fate.Below(12) == 0 ? new PauseRequested(Noon) : null,
            };
            while (world.Play().Sweep.Stage == SweepStage.Paused)
                world.Resume();
            AssertWhole(world, name);
        }, iter: 200);

    [Fact]
    public void Play_CancelledAfterEachEvent_EndsWithNothingPaused()
    {
        int events = new World(Definition("asha"), 3, 1).Play().Events;
        for (int after = 1; after < events; after++)
        {
            World world = new World(Definition("asha"), 3, 1)
            {
                Person = e => e == after ? new CancelRequested(Noon, "enough") : null,
                CrashAfter = e => e == after + 2 ? Crash.Everything : null,
            }.Play();
            world.AssertWholeAtTheEnd();
            Assert.Equal(0, world.Sweep.PausedCount);
        }
    }

    private static void AssertWhole(World world, string name)
    {
        world.AssertWholeAtTheEnd();
        Assert.Equal(SweepStage.Finished, world.Sweep.Stage);
        Assert.Equal(Definition(name).TotalExperiments, world.Sweep.Experiments.Count);
        // Each has one end: what no event of its own ended, its pruner or patience did.
        Assert.Equal(world.Sweep.Total - world.Ends().Count, world.Sweep.CountOf(ExperimentOutcome.Stopped));
        Assert.True(world.Sweep.CountOf(ExperimentOutcome.Stopped) > 0);
        // However few there are, one is trained to its end. (Patience may stop the best.)
        Assert.True(name == "patient" || world.Sweep.CountOf(ExperimentOutcome.Completed) > 0);
    }

    /// <summary>Random rates of which one in six diverges and one in six fails, two repeats.</summary>
    private static SweepDefinition Definition(string name) => Small with
    {
        Sampler = SamplerChoice.Of("random"),
        Configurations = 7,
        Repeats = 2,
        Space = Space(new ChoiceParameter("lr_d", ["1", "2", "3", "4", "8", "9"]), new UniformParameter("beta1", 0, 1)),
        Pruner = Options(name),
        Patience = name == "patient" ? 1 : null,
    };

    private static PrunerChoice Options(string name) => name switch
    {
        "median" => new("median", ImmutableSortedDictionary<string, string>.Empty.Add("warmup_experiments", "1")),
        "hyperband" => new("hyperband", ImmutableSortedDictionary<string, string>.Empty.Add("eta", "2")),
        _ => new("asha", ImmutableSortedDictionary<string, string>.Empty.Add("eta", "2")),
    };
}
