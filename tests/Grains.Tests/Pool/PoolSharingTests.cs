using CatGan.Abstractions.Grains;
using CatGan.Grains.Pool;

namespace CatGan.Grains.Tests.Pool;

/// <summary>Which sweep gets the next slot, and at what cost.</summary>
public class PoolSharingTests
{
    private readonly PoolRig _rig = new();

    [Fact]
    public void Grant_TwoSweepsOfEqualWeight_GetHalfEachThoughOneCameFirst()
    {
        _rig.Silo("a", 4);
        RequestAll("first", 10);
        RequestAll("second", 10);
        Assert.Equal(["first/1", "second/1", "first/2", "second/2"], Names(_rig.Grant()));
    }

    [Fact]
    public void Grant_ThreeTimesTheWeight_GetsThreeTimesTheSlotsAsTheyComeFree()
    {
        // Eight slots: heavy is next as long as heavy/3 <= light/1; so 6 and 2, and each free slot goes back to its sweep.
        _rig.Silo("a", 8);
        RequestAll("heavy", 20, weight: 3);
        RequestAll("light", 20);
        Assert.Equal(6, _rig.Grant().Count(a => a.Sweep == "heavy"));
        _rig.Free("light", 1);
        Assert.Equal(["light/3"], Names(_rig.Grant()));
        _rig.Free("heavy", 1);
        Assert.Equal(["heavy/7"], Names(_rig.Grant()));
    }

    [Fact]
    public void Grant_LateSweep_IsNextUntilItHasItsShare()
    {
        _rig.Silo("a", 4);
        RequestAll("early", 8);
        Assert.Equal(4, _rig.Grant().Count);
        RequestAll("late", 8);
        for (int n = 1; n <= 2; n++)
            _rig.Free("early", n);
        Assert.Equal(["late/1", "late/2"], Names(_rig.Grant()));
        _rig.Free("early", 3);
        Assert.Equal(["early/5"], Names(_rig.Grant()));
    }

    [Fact]
    public void Request_WeightChangesWhileItWaits_CountsFromThenOn()
    {
        _rig.Silo("a", 1);
        RequestAll("x", 5);
        RequestAll("y", 5);
        Assert.Equal(["x/1"], Names(_rig.Grant()));
        _rig.Request("x", 2, weight: 10);
        _rig.Silo("b", 3);
        Assert.Equal(["y/1", "x/2", "x/3"], Names(_rig.Grant()));
    }

    [Fact]
    public void Grant_SeveralSilos_TheLeastBusyOneIsNext()
    {
        _rig.Silo("a", 2);
        _rig.Silo("b", 4);
        RequestAll("s", 3);
        _rig.Grant();
        Assert.Equal(["a:s/1", "b:s/2", "b:s/3"], _rig.Running);
    }

    [Fact]
    public void Grant_SlotToAvoid_GoesToAnotherSiloAndWaitsForItWhileOthersPassBy()
    {
        _rig.Silo("a", 2);
        _rig.Silo("b", 1);
        _rig.Request("s", 1);
        _rig.Request("s", 2);
        _rig.Grant();
        Assert.Equal(["a:s/1", "b:s/2"], _rig.Running);
        _rig.Request("s", 3, avoid: "a/cpu/0");
        _rig.Request("s", 4);
        Assert.Equal(["s/4"], Names(_rig.Grant()));
        _rig.Free("s", 2);
        _rig.Request("s", 5);
        Assert.Equal(["s/3"], Names(_rig.Grant()));
        Assert.Contains("b:s/3", _rig.Running);
    }

    [Fact]
    public void Grant_SlotToAvoidOnTheOnlySilo_TakesAnotherSlotElseTheSame()
    {
        _rig.Silo("a", 2);
        _rig.Request("s", 1, avoid: "a/cpu/0");
        _rig.Request("s", 2, avoid: "a/cpu/1");
        Assert.Equal(["a/cpu/1", "a/cpu/0"], _rig.Grant().Select(g => g.Slot));
        _rig.Free("s", 1);
        _rig.Request("s", 3, avoid: "a/cpu/1");
        Assert.Equal(["s/3"], Names(_rig.Grant()));
    }

    [Fact]
    public void Grant_OpenBreaker_GetsNothingUntilItLetsOneThrough()
    {
        _rig.Silo("a", 2);
        _rig.Break("a/cpu/0");
        RequestAll("s", 2);
        Assert.Equal(["a/cpu/1"], _rig.Grant().Select(g => g.Slot));
        Assert.Equal(1, _rig.Pool.Capacity);
        Assert.True(_rig.Pool.View().Silos[0].Slots[0].Breaker!.Open);
        _rig.Break("a/cpu/0", open: false);
        Assert.Equal(["a/cpu/0"], _rig.Grant().Select(g => g.Slot));
    }

    [Fact]
    public void Move_OpenBreaker_IsKnownToTheFreshPoolBeforeItGivesAnythingAway()
    {
        _rig.Silo("a", 2);
        _rig.Break("a/cpu/0");
        _rig.Move();
        RequestAll("s", 2);
        Assert.Empty(_rig.Grant());
        _rig.Beat("a");
        Assert.Equal(["a/cpu/1"], _rig.Grant().Select(g => g.Slot));
        Assert.Equal("no kernel image", _rig.Pool.View().Silos[0].Slots[0].Breaker!.Reason);
    }

    [Fact]
    public void Free_BreakerOpensWithTheEnd_SlotIsNotGivenAwayInBetween()
    {
        _rig.Silo("a", 1);
        RequestAll("s", 2);
        Assignment first = Assert.Single(_rig.Pool.Grant());
        _rig.Pool.Free(first.Slot, first.Id, new SlotBreaker(true, 3, null, "no kernel image"));
        Assert.Empty(_rig.Pool.Grant());
    }

    [Fact]
    public void Expire_MembershipDeclaresASiloDead_ItsSlotsAreTakenBackAtOnce()
    {
        _rig.Silo("a", 1);
        _rig.Silo("b", 1);
        RequestAll("s", 2);
        _rig.Grant();
        Assert.Equal(["s/1"], Names(_rig.Pool.Expire(address => address == "address of a")));
        Assert.Equal(1, _rig.Pool.Capacity);
    }

    [Fact]
    public void Open_AllLivingSilosHaveBeaten_NeedsNoLeasePeriod()
    {
        DevicePool pool = new(_rig.Timing with { SingleSilo = false });
        pool.Expect(["a", "b"]);
        pool.Beat(new WorkerBeat("a", [], "a"));
        Assert.False(pool.Open);
        pool.Expect(["a", "b"]);
        pool.Beat(new WorkerBeat("b", [], "b"));
        Assert.True(pool.Open);
    }

    [Fact]
    public void View_ShowsWhoHasWhatAndWhoWaits()
    {
        _rig.Silo("a", 1);
        RequestAll("s", 3, weight: 2);
        _rig.Grant();
        PoolView view = _rig.Pool.View();
        Assert.Equal(("a", "address of a", 1), (view.Silos[0].Silo, view.Silos[0].Address, view.Silos[0].Slots[0].Assignment?.Experiment));
        Assert.Equal(new ShareView("s", 2, 1, 2), Assert.Single(view.Sweeps));
    }

    [Fact]
    public void Grant_AThousandWorkersAndAHundredThousandExperiments_EachOperationTouchesAFewSlotsOnly()
    {
        // Ten thousand free-and-grant rounds at 100 slots and at 1,000, counted by allocation, which load does not change.
        long small = Cost(silos: 10), large = Cost(silos: 100);
        Assert.InRange(large, 0, 2 * small);
    }

    private static long Cost(int silos)
    {
        PoolRig rig = new();
        for (int silo = 0; silo < silos; silo++)
            rig.Silo($"silo-{silo:D4}", 10);
        for (int n = 1; n <= 20_000; n++)
            rig.Request($"sweep-{n % 10}", n);
        Queue<Assignment> running = new(rig.Pool.Grant());
        Assert.Equal(silos * 10, running.Count);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 10_000; round++)
        {
            Assignment over = running.Dequeue();
            rig.Pool.Free(over.Slot, over.Id, null);
            running.Enqueue(Assert.Single(rig.Pool.Grant()));
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void RequestAll(string sweep, int count, double weight = 1)
    {
        for (int n = 1; n <= count; n++)
            _rig.Request(sweep, n, weight);
    }

    private static IEnumerable<string> Names(IEnumerable<Assignment> assignments) => assignments.Select(a => $"{a.Sweep}/{a.Experiment}");
}
