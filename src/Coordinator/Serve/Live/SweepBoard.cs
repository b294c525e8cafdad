using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>The sweeps that were asked for lately, each read once and then followed. The least used ones are forgotten.</summary>
internal sealed class SweepBoard(IBlobStore store, ClusterLink link, TimeProvider time) : IDisposable
{
    private const int MostExperiments = 300_000;

    // Of a journal that is gone a look at what comes next sees only that nothing comes.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly Lock guard = new();
    private readonly Dictionary<string, TrackedSweep> sweeps = [];

    /// <summary>Most sweeps that are held, but for those that are watched.</summary>
    public int MostSweeps { get; set; } = 256;

    private bool HasRoom => sweeps.Count < MostSweeps && sweeps.Values.Sum(s => (long)s.Size) <= MostExperiments;

    /// <summary>A sweep and what its journal says.</summary>
    /// <param name="id">Its whole id.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="UserException">There is no such sweep.</exception>
    public async Task<(TrackedSweep Sweep, SweepView View)> GetAsync(string id, CancellationToken cancellationToken)
    {
        if (!SweepId.MayBe(id))
            throw StoredSweep.NoSweep(store, id);
        TrackedSweep sweep = Track(id);
        return await SeenAsync(sweep, cancellationToken) is { } view ? (sweep, view) : throw StoredSweep.NoSweep(store, id);
    }

    /// <summary>What a sweep's journal says; null when it has none.</summary>
    public Task<SweepView?> FindAsync(string id, CancellationToken cancellationToken) => SeenAsync(Track(id), cancellationToken);

    /// <summary>
    /// What a sweep's journal says, for whoever looks through many: it is followed only while there is a place for it, and is
    /// the first to be forgotten, so that what people look at stays.
    /// </summary>
    /// <returns>Null when it has no journal.</returns>
    public async Task<SweepView?> GlanceAsync(string id, CancellationToken cancellationToken)
    {
        TrackedSweep? sweep;
        lock (guard)
        {
            if (!sweeps.TryGetValue(id, out sweep))
            {
                sweep = Make(id);
                sweep.AskedAt = long.MinValue;
                if (HasRoom)
                    sweeps[id] = sweep;
            }
        }
        if (await sweep.ViewAsync(cancellationToken) is { } view)
            return view;
        Forget(id, sweep);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TrackedSweep sweep in sweeps.Values)
            sweep.Dispose();
    }

    private TrackedSweep Track(string id)
    {
        lock (guard)
        {
            if (!sweeps.TryGetValue(id, out TrackedSweep? sweep))
            {
                MakeRoom();
                sweeps[id] = sweep = Make(id);
            }
            sweep.AskedAt = time.GetTimestamp();
            return sweep;
        }
    }

    private TrackedSweep Make(string id)
    {
        SweepMirror mirror = new(id, store, time);
        LiveStatus live = new(id, link, time);
        return new(id, mirror, live, new SweepWatch(id, store, mirror, live, time)) { SeenAt = time.GetTimestamp() };
    }

    private async Task<SweepView?> SeenAsync(TrackedSweep sweep, CancellationToken cancellationToken)
    {
        if (await IsThereAsync(sweep, cancellationToken) && await sweep.ViewAsync(cancellationToken) is { } view)
            return view;
        Forget(sweep.Id, sweep);
        return null;
    }

    private async Task<bool> IsThereAsync(TrackedSweep sweep, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(sweep.SeenAt) < LookAgain)
            return true;
        sweep.SeenAt = time.GetTimestamp();
        return await store.ListAsync(StoreLayout.Journal(sweep.Id), cancellationToken).AnyAsync(cancellationToken);
    }

    // What is forgotten is not disposed of: a request may still hold it, and it owns nothing but memory.
    private void MakeRoom()
    {
        while (!HasRoom)
        {
            if (sweeps.Values.Where(s => !s.Watch.IsWatched).MinBy(s => s.AskedAt) is not { } oldest)
                return;
            sweeps.Remove(oldest.Id);
        }
    }

    private void Forget(string id, TrackedSweep sweep)
    {
        lock (guard)
        {
            if (sweeps.GetValueOrDefault(id) == sweep)
                sweeps.Remove(id);
        }
    }
}
