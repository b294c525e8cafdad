using CatGan.Abstractions.Grains;
using CatGan.Grains.Pool;
using CsCheck;

namespace CatGan.Grains.Tests.Pool;

/// <summary>Experiments that must be alone on their silo.</summary>
public class PoolAloneTests
{
    private readonly PoolRig _rig = new();

    [Fact]
    public void Grant_IdleSilo_GetsTheLoneOneAtOnceAndNothingElse()
    {
        _rig.Silo("a", 2);
        _rig.Silo("b", 2);
        _rig.Request("s", 1, alone: true);
        Assignment lone = Assert.Single(_rig.Grant());
        Assert.True(lone.Alone);
        for (int n = 2; n <= 5; n++)
            _rig.Request("s", n);
        _rig.Grant();
        Assert.Equal(["a:s/1", "b:s/2", "b:s/3"], _rig.Running);
        _rig.Free("s", 1);
        Assert.Equal(2, _rig.Grant().Count);
    }

    [Fact]
    public void Grant_OneBusySilo_IsKeptForTheLoneOneUntilItIsEmpty()
    {
        _rig.Silo("a", 2);
        _rig.Request("s", 1);
        _rig.Request("s", 2);
        _rig.Grant();
        _rig.Request("s", 3, alone: true);
        Assert.Empty(_rig.Grant());
        Assert.Equal("s/3", _rig.Pool.View().Silos[0].Alone);
        _rig.Free("s", 1);
        _rig.Request("s", 4);
        Assert.Empty(_rig.Grant());
        _rig.Free("s", 2);
        Assert.Equal(3, Assert.Single(_rig.Grant()).Experiment);
        _rig.Free("s", 3);
        Assert.Equal(4, Assert.Single(_rig.Grant()).Experiment);
    }

    [Fact]
    public void Grant_SeveralBusySilos_TheLeastBusyIsKeptAndAtMostHalfOfThem()
    {
        _rig.Silo("a", 2);
        _rig.Silo("b", 2);
        for (int n = 1; n <= 3; n++)
            _rig.Request("s", n);
        _rig.Grant();
        Assert.Equal(["a:s/1", "a:s/3", "b:s/2"], _rig.Running);
        _rig.Request("s", 4, alone: true);
        _rig.Request("s", 5, alone: true);
        _rig.Grant();
        PoolView view = _rig.Pool.View();
        Assert.Equal((null, "s/4"), (view.Silos[0].Alone, view.Silos[1].Alone));
    }

    [Fact]
    public void Request_NoLongerAlone_OpensItsSiloToOthers()
    {
        _rig.Silo("a", 2);
        _rig.Request("s", 1, alone: true);
        _rig.Request("s", 2);
        Assert.Single(_rig.Grant());
        _rig.Request("s", 1);
        Assert.Equal(2, Assert.Single(_rig.Grant()).Experiment);
    }

    [Fact]
    public void Beat_LoneClaimToAFreshPool_KeepsItsSiloAlone()
    {
        DevicePool fresh = new(_rig.Timing);
        Assignment lone = new(Guid.NewGuid(), "s", 1, "a/cpu/0", Alone: true);
        fresh.Beat(new WorkerBeat("a", [new SlotClaim("a/cpu/0", lone), new SlotClaim("a/cpu/1", null)]));
        fresh.Request(new SlotRequest("s", 2));
        Assert.Empty(fresh.Grant());
    }

    [Fact]
    public void Grant_TheSiloKeptForItDies_AnotherIsKept()
    {
        _rig.Silo("a", 1);
        _rig.Silo("b", 1);
        _rig.Request("s", 1);
        _rig.Request("s", 2);
        _rig.Grant();
        _rig.Request("s", 3, alone: true);
        _rig.Grant();
        Assert.Equal("s/3", _rig.Pool.View().Silos[0].Alone);
        _rig.Gone("a");
        _rig.Pool.Expire(address => address == "address of a");
        _rig.Free("s", 2);
        Assert.Equal(3, Assert.Single(_rig.Grant()).Experiment);
    }

    [Fact]
    public void Withdraw_WhileASiloIsKept_OpensItAgain()
    {
        _rig.Silo("a", 1);
        _rig.Request("s", 1);
        _rig.Grant();
        _rig.Request("s", 2, alone: true);
        _rig.Grant();
        Assert.Equal(Holding.Free, _rig.Pool.Withdraw("s", 2));
        _rig.Request("s", 3);
        _rig.Free("s", 1);
        Assert.Equal(3, Assert.Single(_rig.Grant()).Experiment);
    }

    [Fact]
    public void Anything_Goes_LoneOnesAreAloneNothingIsGivenTwiceAndNobodyWaitsForEver() => Gen.Select(Gen.Int[0, 5], Gen.Int[1, 12], Gen.Bool).Array[10, 80].Sample(steps =>
    {
        PoolRig rig = new();
        rig.Silo("a", 1);
        rig.Silo("b", 2);
        rig.Silo("c", 3);
        HashSet<int> wanted = [];
        foreach ((int kind, int experiment, bool flag) in steps)
        {
            bool running = rig.Running.Any(r => r.EndsWith($"/{experiment}", StringComparison.Ordinal));
            switch (kind)
            {
                case 0 or 1 when !running:
                    rig.Request($"s{experiment % 2}", experiment, weight: 1 + experiment % 3, alone: flag && kind == 0, avoid: flag ? "b/cpu/0" : null);
                    wanted.Add(experiment);
                    break;
                case 2 when running:
                    rig.Free($"s{experiment % 2}", experiment);
                    wanted.Remove(experiment);
                    break;
                case 3 when !running:
                    rig.Pool.Withdraw($"s{experiment % 2}", experiment);
                    wanted.Remove(experiment);
                    break;
                case 4:
                    rig.Break("c/cpu/0", open: flag);
                    break;
            }
            rig.Grant();
            Check(rig);
        }
        rig.Break("c/cpu/0", open: false);
        // Whoever waits gets its turn when those that run end one by one.
        for (int round = 0; wanted.Count > 0; round++)
        {
            Assert.InRange(round, 0, 200);
            rig.Grant();
            Check(rig);
            int over = int.Parse(rig.Running.First().Split('/')[1]);
            rig.Free($"s{over % 2}", over);
            wanted.Remove(over);
        }
        Assert.Equal(0, rig.Pool.Waiting);
    });

    private static void Check(PoolRig rig)
    {
        PoolView view = rig.Pool.View();
        foreach (SiloSlots silo in view.Silos)
        {
            List<Assignment> running = [.. silo.Slots.Select(s => s.Assignment).OfType<Assignment>()];
            Assert.True(running.Count <= 1 || running.TrueForAll(a => !a.Alone), $"{silo.Silo} has a lone one among {running.Count}");
        }
        List<(string, int)> all = [.. view.Silos.SelectMany(s => s.Slots).Select(s => s.Assignment).OfType<Assignment>().Select(a => (a.Sweep, a.Experiment))];
        Assert.Equal(all.Count, all.Distinct().Count());
    }
}
