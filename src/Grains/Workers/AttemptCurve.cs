using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Storage;

namespace CatGan.Grains.Workers;

/// <summary>
/// Every report of one attempt: <c>curve-{epoch}.jsonl</c>. Blob stores have no append, so that a flush writes the
/// attempt's curve anew; at a few hundred bytes a report that is little. Thread-safe.
/// </summary>
internal sealed class AttemptCurve(IBlobStore store, AttemptOrder order, GrainsTiming timing) : IDisposable
{
    private readonly MemoryStream _lines = new();
    private readonly SemaphoreSlim _turn = new(1);
    private long _writtenAt = timing.Time.GetTimestamp();
    private long _written;

    public bool Due => Length > _written && timing.Time.GetElapsedTime(_writtenAt) >= timing.CurveEvery;

    private long Length
    {
        get
        {
            lock (_lines)
                return _lines.Length;
        }
    }

    public void Add(CurvePoint point)
    {
        lock (_lines)
        {
            JsonSerializer.Serialize(_lines, point);
            _lines.WriteByte((byte)'\n');
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            byte[] bytes;
            lock (_lines)
                bytes = _lines.ToArray();
            if (bytes.Length == _written)
                return;
            string blob = StoreLayout.Curve(order.Sweep, order.Experiment, order.Epoch);
            await StoreCall.WithinAsync(
                StoreCall.LimitFor(bytes.Length, timing), timing, token => store.WriteBytesAsync(blob, bytes, BlobCondition.Always, token), cancellationToken);
            (_written, _writtenAt) = (bytes.Length, timing.Time.GetTimestamp());
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _turn.Dispose();
    }
}
