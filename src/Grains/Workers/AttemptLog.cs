using System.Globalization;
using System.Text;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Storage;

namespace CatGan.Grains.Workers;

/// <summary>
/// What happened in one attempt, for people: <c>log-{epoch}.txt</c>. It is written anew when there is more of it, now and
/// then while the attempt runs and at its end. Thread-safe.
/// </summary>
internal sealed class AttemptLog(IBlobStore store, AttemptOrder order, GrainsTiming timing) : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly SemaphoreSlim _turn = new(1);
    private int _written;

    public void Add(string line)
    {
        lock (_text)
            _text.Append(CultureInfo.InvariantCulture, $"{timing.Now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line}\n");
    }

    /// <summary>Writes the whole log; a store that fails is the caller's matter.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            string text;
            lock (_text)
                text = _text.ToString();
            if (text.Length == _written)
                return;
            string blob = StoreLayout.Log(order.Sweep, order.Experiment, order.Epoch);
            await StoreCall.WithinAsync(timing.StoreTimeout, timing, token => store.WriteTextAsync(blob, text, BlobCondition.Always, token), cancellationToken);
            _written = text.Length;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
