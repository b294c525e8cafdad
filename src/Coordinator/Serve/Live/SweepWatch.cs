using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CatGan.Abstractions;
using CatGan.Coordinator.Watching;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>
/// Brings a sweep's events and progress to whoever watches: one loop for all watchers of a sweep, which looks at the
/// journal and asks the silo once a second, and rests while nobody watches.
/// </summary>
internal sealed class SweepWatch(string id, IBlobStore store, SweepMirror mirror, LiveStatus live, TimeProvider time)
{
    // A watcher that is this many messages behind is told to read anew.
    private const int Backlog = 1000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    private readonly Lock guard = new();
    private readonly List<Channel<WatchMessage>> watchers = [];
    private readonly Journal journal = new(store, StoreLayout.Journal(id));
    private bool running;
    private string lastStatus = "";
    private string lastFault = "";
    private long toldAt;

    /// <summary>True while somebody watches.</summary>
    public bool IsWatched
    {
        get
        {
            lock (guard)
                return watchers.Count > 0;
        }
    }

    /// <summary>The messages from now on, or from an event on; never ends by itself.</summary>
    /// <param name="after">The last event that the watcher has; null for what comes from now on.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    public async IAsyncEnumerable<WatchMessage> WatchAsync(EventPosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<WatchMessage> channel = Channel.CreateBounded<WatchMessage>(new BoundedChannelOptions(Backlog) { SingleReader = true });
        Join(channel);
        try
        {
            SweepView? view = await mirror.GetAsync(TimeSpan.Zero, cancellationToken);
            EventPosition now = EventPosition.Behind(view?.Sequence ?? 0);
            // Who goes on after an event has a place already, and is not to skip what comes behind this status.
            yield return WatchMessage.Status(await StatusAsync(view, cancellationToken), after is null ? now : null);
            // An id that this journal has not come to is none of its own.
            if (after is { } known && known.Sequence > now.Sequence)
            {
                after = null;
                yield return WatchMessage.Reset with { Position = now };
            }
            EventPosition last = after ?? now;
            await foreach (WatchMessage message in MissedAsync(after, cancellationToken))
            {
                last = message.Position ?? last;
                yield return message;
            }
            await foreach (WatchMessage message in channel.Reader.ReadAllAsync(cancellationToken))
            {
                // What came while the missed ones were read is among those already.
                if (message.Position is { } position && position.CompareTo(last) <= 0)
                    continue;
                last = message.Position ?? last;
                yield return message;
            }
            // It was too slow, and the channel was closed.
            yield return WatchMessage.Reset;
        }
        finally
        {
            Leave(channel);
        }
    }

    private async IAsyncEnumerable<WatchMessage> MissedAsync(EventPosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (after is not { } last)
            yield break;
        for (long next = last.NextBatch; ;)
        {
            for (; await journal.ReadBatchAsync(next, cancellationToken) is { } batch; next++)
            {
                foreach (JournalEntry entry in JournalEntry.Of(batch).Where(e => e.Position.CompareTo(last) > 0))
                    yield return WatchMessage.Of(entry);
            }
            // Not written yet, or folded away: before this began or while it was read.
            long there = await journal.ReadableFromAsync(next, cancellationToken);
            if (there == next)
                yield break;
            yield return WatchMessage.Reset;
            next = there;
        }
    }

    private void Join(Channel<WatchMessage> channel)
    {
        lock (guard)
        {
            watchers.Add(channel);
            if (running)
                return;
            running = true;
            (lastStatus, lastFault, toldAt) = ("", "", time.GetTimestamp());
            mirror.OnEvents = Tell;
        }
        _ = Background.Run(RunAsync);
    }

    private void Leave(Channel<WatchMessage> channel)
    {
        lock (guard)
            watchers.Remove(channel);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            try
            {
                await RoundAsync();
            }
            catch (Exception fault)
            {
                if (fault.Message != lastFault)
                    Tell(WatchMessage.Fault(Api.Problems.WithoutPaths(store, lastFault = fault.Message)));
            }
            lock (guard)
            {
                if (watchers.Count == 0)
                {
                    running = false;
                    return;
                }
            }
            await Task.Delay(Every, time);
        }
    }

    private async Task RoundAsync()
    {
        SweepView? view = await mirror.GetAsync(Every / 2, CancellationToken.None);
        string status = await StatusAsync(view, CancellationToken.None);
        lastFault = "";
        if (status != lastStatus)
            Tell(WatchMessage.Status(lastStatus = status));
        else if (time.GetElapsedTime(toldAt) > SignOfLife)
            Tell(WatchMessage.Alive);
    }

    private async Task<string> StatusAsync(SweepView? view, CancellationToken cancellationToken)
    {
        SweepStatus? status = view is { IsAlive: true } ? await live.GetAsync(Every / 2, cancellationToken) : null;
        return (status ?? view?.Status) is { } known ? JsonView.Write(known) : "{}";
    }

    private void Tell(IReadOnlyList<JournalEntry>? entries)
    {
        foreach (WatchMessage message in entries?.Select(WatchMessage.Of) ?? [WatchMessage.Reset])
            Tell(message);
    }

    private void Tell(WatchMessage message)
    {
        lock (guard)
        {
            toldAt = time.GetTimestamp();
            foreach (Channel<WatchMessage> watcher in watchers)
            {
                if (!watcher.Writer.TryWrite(message))
                    watcher.Writer.TryComplete();
            }
        }
    }
}
