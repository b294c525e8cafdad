using System.Globalization;
using System.Text;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Storage;

namespace CatGan.Grains.Workers;

/// <summary>What happened in one attempt, for people: <c>log-{epoch}.txt</c>.</summary>
internal sealed class AttemptLog(IBlobStore store, AttemptOrder order, GrainsTiming timing)
{
    private readonly StringBuilder _text = new();
    private int _written;

    public void Add(string line)
    {
        lock (_text)
            _text.Append(CultureInfo.InvariantCulture, $"{timing.Now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line}\n");
    }

    /// <summary>Writes the whole log; a store that fails is the caller's matter.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        string text;
        lock (_text)
        {
            if (_text.Length == _written)
                return;
            text = _text.ToString();
        }
        string blob = StoreLayout.Log(order.Sweep, order.Experiment, order.Epoch);
        await StoreCall.WithinAsync(timing.StoreTimeout, timing, token => store.WriteTextAsync(blob, text, BlobCondition.Always, token), cancellationToken);
        _written = text.Length;
    }
}
