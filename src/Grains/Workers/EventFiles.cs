using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Storage;

namespace CatGan.Grains.Workers;

/// <summary>Brings an attempt's TensorBoard event files to the store: whole, each time, as curves are.</summary>
internal sealed class EventFiles(IBlobStore store, AttemptOrder order, GrainsTiming timing)
{
    /// <summary>Where the run writes them; null when it writes none.</summary>
    public string? Folder { get; set; }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (string file in Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [])
        {
            string blob = StoreLayout.Events(order.Sweep, order.Experiment, Path.GetFileName(file));
            await StoreCall.WithinAsync(
                StoreCall.LimitFor(new FileInfo(file).Length, timing),
                timing,
                token => store.WriteAsync(blob, (destination, ct) => CopyAsync(file, destination, ct), BlobCondition.Always, token),
                cancellationToken);
        }
    }

    // The run may be adding to it meanwhile: what is there now is a whole file up to its last records.
    private static async Task CopyAsync(string file, Stream destination, CancellationToken cancellationToken)
    {
        await using FileStream content = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await content.CopyToAsync(destination, cancellationToken);
    }
}
