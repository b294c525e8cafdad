using CatGan.Abstractions.Grains;
using CatGan.Grains.Pool;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Grains.Tests.Pool;

public class DevicePoolTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Grant_FreshPool_WaitsOneLeasePeriodForClaims()
    {
        DevicePool pool = New(single: false);
        pool.Request(new SlotRequest("s", 1));
        Beat(pool, "a/cpu/0");
        Assert.Empty(pool.Grant());
        Advance(pool, Lease - TimeSpan.FromSeconds(1), "a/cpu/0");
        Assert.Empty(pool.Grant());
        Advance(pool, TimeSpan.FromSeconds(1), "a/cpu/0");
        Assert.Equal("a/cpu/0", Assert.Single(pool.Grant()).Slot);
    }

    [Fact]
    public void Grant_OneSiloIsTheCluster_WaitsForItsFirstSignOfLifeOnly()
    {
        DevicePool pool = New(single: true);
        pool.Request(new SlotRequest("s", 1));
        Assert.Empty(pool.Grant());
        Beat(pool, "a/cpu/0");
        Assert.Single(pool.Grant());
    }

    [Fact]
    public void Grant_TwoSweeps_FirstComeFirstServed()
    {
        DevicePool pool = New(single: true);
        pool.Request(new SlotRequest("late", 7));
        pool.Request(new SlotRequest("early", 1));
        pool.Request(new SlotRequest("late", 7));
        Beat(pool, "a/cpu/0", "a/cpu/1", "a/cpu/2");
        Assert.Equal([("late", 7), ("early", 1)], pool.Grant().Select(a => (a.Sweep, a.Experiment)));
        Assert.Equal(0, pool.Waiting);
    }

    [Fact]
    public void Request_ExperimentThatHasASlot_IsNotQueuedAgain()
    {
        DevicePool pool = New(single: true);
        Beat(pool, "a/cpu/0", "a/cpu/1");
        pool.Request(new SlotRequest("s", 1));
        Assert.Single(pool.Grant());
        pool.Request(new SlotRequest("s", 1));
        Assert.Empty(pool.Grant());
    }

    [Fact]
    public void Beat_ClaimToAFreshPool_IsBelievedAndKeepsTheSlot()
    {
        DevicePool pool = New(single: true);
        Assignment running = new(Guid.NewGuid(), "s", 1, "a/cpu/0");
        pool.Request(new SlotRequest("s", 1));
        Assert.Empty(pool.Beat(new WorkerBeat("a", [new SlotClaim("a/cpu/0", running)])));
        Assert.Equal(Holding.Held, pool.Withdraw("s", 1));
        pool.Request(new SlotRequest("s", 1));
        Assert.Empty(pool.Grant());
    }

    [Fact]
    public void Beat_TwoClaimsOfOneExperiment_SecondIsRefused()
    {
        DevicePool pool = New(single: true);
        Assignment first = new(Guid.NewGuid(), "s", 1, "a/cpu/0");
        Assignment second = new(Guid.NewGuid(), "s", 1, "b/cpu/0");
        Assert.Empty(pool.Beat(new WorkerBeat("a", [new SlotClaim(first.Slot, first)])));
        Assert.Equal([second.Id], pool.Beat(new WorkerBeat("b", [new SlotClaim(second.Slot, second)])));
    }

    [Fact]
    public void Beat_ClaimThatWasTakenBack_IsRefused()
    {
        DevicePool pool = New(single: true);
        Beat(pool, "a/cpu/0");
        pool.Request(new SlotRequest("s", 1));
        Assignment granted = Assert.Single(pool.Grant());
        _time.Advance(TimeSpan.FromSeconds(5));
        pool.Expire();
        _time.Advance(TimeSpan.FromSeconds(5));
        pool.Expire();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([granted], pool.Expire());
        Assert.Equal([granted.Id], pool.Beat(new WorkerBeat("a", [new SlotClaim("a/cpu/0", granted)])));
    }

    [Fact]
    public void Expire_GrantThatNobodyClaims_IsLostThoughTheSiloLives()
    {
        DevicePool pool = New(single: true);
        Beat(pool, "a/cpu/0");
        pool.Request(new SlotRequest("s", 1));
        Assignment granted = Assert.Single(pool.Grant());
        Assert.Equal([granted], Advance(pool, Lease, "a/cpu/0"));
        Assert.Equal(1, pool.Capacity);
    }

    [Fact]
    public void Expire_ClaimedEveryTime_IsNeverLost()
    {
        DevicePool pool = New(single: true);
        Beat(pool, "a/cpu/0");
        pool.Request(new SlotRequest("s", 1));
        Assignment granted = Assert.Single(pool.Grant());
        for (int i = 0; i < 20; i++)
        {
            _time.Advance(Lease / 3);
            Assert.Empty(pool.Beat(new WorkerBeat("a", [new SlotClaim("a/cpu/0", granted)])));
            Assert.Empty(pool.Expire());
        }
    }

    [Fact]
    public void Expire_PoolItselfWasFrozen_GivesEveryoneAnotherPeriod()
    {
        DevicePool pool = New(single: true);
        Beat(pool, "a/cpu/0");
        pool.Request(new SlotRequest("s", 1));
        pool.Grant();
        _time.Advance(TimeSpan.FromHours(8));
        Assert.Empty(pool.Expire());
    }

    [Fact]
    public void Refuse_BusyWorker_ExperimentIsFirstAgainAndSlotUnknownUntilItsNextSign()
    {
        DevicePool pool = New(single: true);
        Beat(pool, "a/cpu/0");
        pool.Request(new SlotRequest("s", 1));
        pool.Request(new SlotRequest("s", 2));
        pool.Refuse(Assert.Single(pool.Grant()));
        Assert.Empty(pool.Grant());
        Beat(pool, "a/cpu/0");
        Assert.Equal(1, Assert.Single(pool.Grant()).Experiment);
    }

    [Fact]
    public void Leave_Silo_GetsNoMoreGrantsAndItsFreedSlotGoes()
    {
        DevicePool pool = New(single: true);
        Beat(pool, "a/cpu/0", "a/cpu/1");
        pool.Request(new SlotRequest("s", 1));
        Assignment granted = Assert.Single(pool.Grant());
        pool.Leave("a");
        pool.Request(new SlotRequest("s", 2));
        Assert.Empty(pool.Grant());
        pool.Free(granted.Slot, granted.Id, null);
        Assert.Empty(pool.Grant());
        Assert.Equal(0, pool.Capacity);
    }

    private DevicePool New(bool single) => new(new GrainsTiming { Time = _time, Lease = Lease, SingleSilo = single });

    private static void Beat(DevicePool pool, params string[] slots) =>
        pool.Beat(new WorkerBeat(slots[0].Split('/')[0], [.. slots.Select(s => new SlotClaim(s, null))]));

    private List<Assignment> Advance(DevicePool pool, TimeSpan by, params string[] alive)
    {
        List<Assignment> lost = [];
        for (TimeSpan step = TimeSpan.FromSeconds(1); by > TimeSpan.Zero; by -= step)
        {
            _time.Advance(step);
            Beat(pool, alive);
            lost.AddRange(pool.Expire());
        }
        return lost;
    }
}
