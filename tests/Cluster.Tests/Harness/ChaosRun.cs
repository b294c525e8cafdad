using CatGan.Search;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>What a chaos run does to silos.</summary>
internal enum Fault
{
    /// <summary>kill -9 of one; it is started again.</summary>
    Kill,

    /// <summary>Frozen until its work has moved, then awake: it ends by itself, and is started again.</summary>
    Freeze,

    /// <summary>Frozen for a moment.</summary>
    Nap,

    /// <summary>SIGTERM of one; it is started again.</summary>
    Terminate,

    /// <summary>kill -9 of all at once; they are started again.</summary>
    KillAll,
}

/// <summary>
/// Faults at random moments of sweeps that follow each other, drawn from a seed. After each fault it waits until every
/// unfinished experiment trains on a living silo, except now and then, when the next fault comes at once.
/// </summary>
internal sealed class ChaosRun(World world, int seed, Func<World, Sweep, Task> check) : IAsyncDisposable
{
    private static readonly Fault[] Kinds = [Fault.Kill, Fault.Kill, Fault.Kill, Fault.Freeze, Fault.Freeze, Fault.Nap, Fault.Terminate, Fault.Terminate, Fault.KillAll];
    private readonly Random _random = new(seed);
    private readonly List<(Fault Fault, double Seconds)> _recoveries = [];
    private Keeper? _keeper;
    private string? _sweep;

    /// <summary>Faults made, by kind.</summary>
    public Dictionary<Fault, int> Faults { get; } = [];

    /// <summary>Sweeps that came to their end as if nothing had happened.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Starts silos, makes that many faults, and sees the last sweep to its end.</summary>
    public async Task GoAsync(int faults, int silos = 3, int pace = 150)
    {
        world.Pace(pace);
        for (int i = 0; i < silos; i++)
            world.StartSilo();
        _keeper = new Keeper(world.Living, () => world.StartSilo());
        for (int made = 0; made < faults; made++)
        {
            await UnfinishedAsync();
            await Scale.LastAsync(TimeSpan.FromMilliseconds(_random.Next(4000)));
            // Every kind once before chance decides.
            await MakeAsync(made < Enum.GetValues<Fault>().Length ? (Fault)made : Kinds[_random.Next(Kinds.Length)], last: made == faults - 1);
        }
        world.Pace(null);
        await EndAsync();
    }

    /// <summary>The longest recovery from a fault of a kind, in seconds; null when none was waited for.</summary>
    public double? Worst(Fault fault) => _recoveries.Where(r => r.Fault == fault).Select(r => (double?)r.Seconds).Max();

    /// <summary>Recoveries from faults of a kind that were waited for.</summary>
    public int Recoveries(Fault fault) => _recoveries.Count(r => r.Fault == fault);

    public ValueTask DisposeAsync() => _keeper?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task MakeAsync(Fault fault, bool last)
    {
        Faults[fault] = Faults.GetValueOrDefault(fault) + 1;
        TestSilo[] living = [.. world.Living];
        TestSilo victim = living[_random.Next(living.Length)];
        bool atOnce = _random.Next(4) == 0 && !last;
        switch (fault)
        {
            case Fault.Kill:
                victim.Kill();
                break;
            case Fault.KillAll:
                foreach (TestSilo silo in living)
                    silo.Kill();
                break;
            case Fault.Terminate:
                victim.Terminate();
                break;
            case Fault.Nap:
                victim.Freeze();
                await Scale.LastAsync(TimeSpan.FromMilliseconds(200 + _random.Next(1300)));
                victim.Wake();
                break;
            case Fault.Freeze:
                victim.Freeze();
                await RecoverAsync(fault, frozen: victim);
                victim.Wake();
                // One that the others have not given up yet (it trained nothing) stays a member.
                await world.UntilAsync("the silo that woke up has ended, or takes part again", async () => victim.HasExited || await victim.IsReadyAsync());
                return;
        }
        if (!atOnce)
            await RecoverAsync(fault, frozen: null);
    }

    private async Task RecoverAsync(Fault fault, TestSilo? frozen)
    {
        double seconds = await world.UntilAsync($"after {fault}, all of {_sweep} trains on living silos", async () =>
            await world.Store.SweepAsync(_sweep!) is { } sweep && (sweep.HasEnded || sweep.Experiments.Count == sweep.Total && sweep.Experiments.All(e =>
                e.Outcome is not null || e.Worker is not null && world.SiloOf(e) is { HasExited: false } silo && silo != frozen)));
        _recoveries.Add((fault, seconds));
    }

    private async Task UnfinishedAsync()
    {
        if (_sweep is not null && !(await world.Store.SweepAsync(_sweep))!.HasEnded)
            return;
        if (_sweep is not null)
            await EndAsync();
        _sweep = await world.SubmitAsync(Harness.Sweeps.Spec($"chaos-{Sweeps + 1}"));
        await world.SeenAsync(_sweep, "all of it trains", s => s.Experiments.Count == s.Total && s.Experiments.All(e => e.Epoch > 0));
    }

    private async Task EndAsync()
    {
        await check(world, await world.FinishedAsync(_sweep!));
        Sweeps++;
    }
}
