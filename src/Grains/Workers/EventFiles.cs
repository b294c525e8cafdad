using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Storage;

namespace CatGan.Grains.Workers;

/// <summary>Brings an attempt's TensorBoard event files to the store: whole, each time, as curves are.</summary>
internal sealed class EventFiles(IBlobStore store, AttemptOrder order)
{
    /// <summary>Where the run writes them; null when it writes none.</summary>
    public string? Folder { get; set; }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (string file in Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [])
        {
            string blob = StoreLayout.Events(order.Sweep, order.Experiment, Path.GetFileName(file));
            await store.WriteAsync(blob, (destination, token) => CopyAsync(file, destination, token), BlobCondition.Always, cancellationToken);
        }
    }

    // The run may be adding to it meanwhile: what is there now is a whole file up to its last records.
    private static async Task CopyAsync(string file, Stream destination, CancellationToken cancellationToken)
    {
        await using FileStream content = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await content.CopyToAsync(destination, cancellationToken);
    }
}
