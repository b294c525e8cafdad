using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Bench.Serving;

/// <summary>Writes a sweep's journal and curves as silos do, in batches.</summary>
internal sealed class SweepWriter
{
    private const int BatchEvents = 40;

    private readonly IBlobStore _store;
    private readonly Journal _journal;
    private readonly List<ReadOnlyMemory<byte>> _open = [];
    private long _sequence;

    private SweepWriter(IBlobStore store, string id, SweepSubmitted submitted)
    {
        (_store, Id) = (store, id);
        _journal = new Journal(store, StoreLayout.Journal(id));
        Sweep = Sweep.Start(submitted, out _);
        _open.Add(SweepEvents.Write(submitted));
    }

    public string Id { get; }

    public Sweep Sweep { get; }

    public static async Task<SweepWriter> StartAsync(IBlobStore store, string id, SweepSubmitted submitted, string spec)
    {
        await store.WriteTextAsync(StoreLayout.Spec(id), spec);
        await store.WriteTextAsync(StoreLayout.Active(id), "");
        return new(store, id, submitted);
    }

    public async Task ApplyAsync(SweepEvent sweepEvent)
    {
        Sweep.Apply(sweepEvent);
        _open.Add(SweepEvents.Write(sweepEvent));
        if (_open.Count >= BatchEvents)
            await FlushAsync();
    }

    /// <summary>Makes what has happened durable.</summary>
    public async Task FlushAsync()
    {
        if (_open.Count == 0)
            return;
        await _journal.AppendAsync(++_sequence, Guid.NewGuid(), [.. _open], CancellationToken.None);
        _open.Clear();
    }

    /// <summary>Writes a snapshot, and of a sweep that has ended its summary.</summary>
    public async Task CloseAsync()
    {
        await FlushAsync();
        await _journal.WriteSnapshotAsync(_sequence, Sweep.Snapshot(), CancellationToken.None);
        if (!Sweep.HasEnded)
            return;
        await _store.WriteBytesAsync(StoreLayout.Summary(Id), SweepSummary.Of(Id, Sweep).Write());
        await _store.DeleteAsync(StoreLayout.Active(Id), CancellationToken.None);
    }

    /// <summary>Writes a curve past the store's interface, which would sync each of ten thousand files to the disk.</summary>
    public void WriteCurve(int number, int epoch, IEnumerable<CurvePoint> points)
    {
        string file = Path.Combine(_store.Uri["file:".Length..], StoreLayout.Curve(Id, number, epoch));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, points.Select(p => JsonSerializer.Serialize(p)));
    }
}
