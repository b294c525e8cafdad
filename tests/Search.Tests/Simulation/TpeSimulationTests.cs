using System.Collections.Immutable;
using CsCheck;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>A sampler that learns depends on the order of events; what the journal says must always lead to the same proposals.</summary>
public sealed class TpeSimulationTests
{
    /// <summary>Repeats, conditions, experiments that diverge, fail and are stopped; TPE learns from the fourth configuration on.</summary>
    private static readonly SweepDefinition _tpe = Small with
    {
        Sampler = new("tpe", ImmutableSortedDictionary<string, string>.Empty.Add("startup", "3")),
        Configurations = 8,
        Repeats = 2,
        Patience = 1,
        Space = Space(
            new ChoiceParameter("preset", ["dcgan", "wgan"]),
            new ChoiceParameter("lr_d", ["1", "2", "8", "9"]),
            new UniformParameter("beta1", 0, 1) { When = [new("preset", ["dcgan"])] },
            new IntParameter("n_critic", 1, 9) { When = [new("preset", ["wgan"])] }),
        Also = [Point(("preset", "dcgan"), ("lr_d", "1"), ("beta1", "0.5"))],
    };

    [Fact]
    public void Play_OneSlotAndACrashAfterEachEvent_EndsAsUndisturbed()
    {
        World undisturbed = new World(_tpe, 1, 1).Play();
        undisturbed.AssertWholeAtTheEnd();
        Assert.Equal(18, undisturbed.Sweep.EndedCount);
        foreach (Crash crash in Enum.GetValues<Crash>())
        {
            // Each kind a third of the events, so that one crash or another comes after each.
            for (int after = 2 + ((int)crash % 3); after <= undisturbed.Events; after += 3)
            {
                World world = new World(_tpe, 1, 1) { CrashAfter = e => e == after ? crash : null }.Play();
                world.AssertWholeAtTheEnd();
                Assert.Equal(undisturbed.Result(), world.Result());
            }
        }
    }

    [Fact]
    public void Play_ManyCrashesPausesAndOrders_ReplaysToTheSameProposals() => Gen.Select(Gen.Int[2, 6], Gen.ULong).Sample((slots, seed) =>
    {
        SearchRandom fate = new(seed);
        World? world = null;
        world = new World(_tpe, slots, seed)
        {
            CrashAfter = _ => fate.Below(10) == 0 ? (Crash)fate.Below(4) : null,
            Person = events =>
            {
                // The sweep so far against its journal from the start and from the last snapshot, proposals and all.
                if (events % 15 == 0)
                    world!.AssertReplaysExactly();
                return fate.Below(12) == 0 ? new PauseRequested(Noon) : null;
            },
        };
        while (world.Play().Sweep.Stage == SweepStage.Paused)
            world.Resume();
        world.AssertWholeAtTheEnd();
    }, iter: 10);
}
