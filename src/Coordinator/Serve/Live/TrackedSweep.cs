using CatGan.Abstractions;
using CatGan.Search;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>One sweep, for all requests and watchers that ask about it.</summary>
internal sealed class TrackedSweep(string id, SweepMirror mirror, LiveStatus live, SweepWatch watch) : IDisposable
{
    /// <summary>How old an answer may be.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>Id of the sweep.</summary>
    public string Id => id;

    /// <summary>Its events and progress, as they come.</summary>
    public SweepWatch Watch => watch;

    /// <summary>Experiments held in memory for it.</summary>
    public int Size => mirror.Size;

    /// <summary>When it was last asked for, as a timestamp.</summary>
    public long AskedAt { get; set; }

    /// <summary>When it was last seen to be in the store still, as a timestamp.</summary>
    public long SeenAt { get; set; }

    /// <summary>What its journal says, at most a second old; null when it has none.</summary>
    public Task<SweepView?> ViewAsync(CancellationToken cancellationToken) => mirror.GetAsync(Fresh, cancellationToken);

    /// <summary>What its journal says now, for a reader that has just changed it.</summary>
    public Task<SweepView?> NewestAsync(CancellationToken cancellationToken) => mirror.GetAsync(TimeSpan.Zero, cancellationToken);

    /// <summary>Progress by its silo with the experiments that run now; null when nothing of it runs or no silo answers.</summary>
    public Task<SweepStatus?> LiveAsync(SweepView view, CancellationToken cancellationToken) =>
        view.IsAlive ? live.GetAsync(Fresh, cancellationToken) : Task.FromResult<SweepStatus?>(null);

    /// <summary>Where it stands, by its silo or else by its journal, with the experiments that run now.</summary>
    public async Task<SweepStatus> StatusAsync(SweepView view, CancellationToken cancellationToken) =>
        await LiveAsync(view, cancellationToken) ?? view.Status;

    /// <summary>Where it stands with a page of experiments, each by its silo where it runs.</summary>
    public async Task<SweepStatus> StatusAsync(SweepView view, StatusRequest page, CancellationToken cancellationToken)
    {
        SweepStatus? running = await LiveAsync(view, cancellationToken);
        if (page.LiveOnly)
            return (running ?? view.Status) with { Experiments = [.. (running?.Experiments ?? []).Where(e => e.Number >= page.From).Take(page.Count)] };
        IEnumerable<Experiment> listed = view.Experiments.Skip(Math.Max(0, page.From - 1)).Take(page.Count);
        SweepStatus stored = view.StatusOf(listed);
        if (running is null)
            return stored;
        Dictionary<int, ExperimentStatus> live = running.Experiments.ToDictionary(e => e.Number);
        return running with { Experiments = [.. stored.Experiments.Select(e => live.GetValueOrDefault(e.Number, e))] };
    }

    /// <inheritdoc/>
    public void Dispose() => mirror.Dispose();
}
