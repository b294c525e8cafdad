using System.Globalization;
using CatGan.Storage;

namespace CatGan.Datasets;

/// <summary>What data sets a store has.</summary>
public static class DatasetCatalogue
{
    /// <summary>All imported data sets, by name and size.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <param name="damaged">Hears of each that cannot be read, which is then left out; null makes it an error.</param>
    /// <exception cref="DatasetException">A blob in the place of a data set is none.</exception>
    public static async Task<IReadOnlyList<DatasetInfo>> ListAsync(
        IBlobStore store, CancellationToken cancellationToken, Action<DatasetException>? damaged = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        List<DatasetInfo> found = [];
        await foreach ((string name, int size) in NamesAsync(store, cancellationToken))
        {
            try
            {
                if (await FindAsync(store, name, size, cancellationToken) is { } info)
                    found.Add(info);
            }
            catch (DatasetException e) when (damaged is not null)
            {
                damaged(e);
            }
        }

        return [.. found.OrderBy(d => d.Name, StringComparer.Ordinal).ThenBy(d => d.Size)];
    }

    /// <summary>One data set at one size; null when there is none.</summary>
    /// <exception cref="DatasetException">There is a blob of this name, but it is damaged.</exception>
    public static async Task<DatasetInfo?> FindAsync(IBlobStore store, string name, int size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        string blob = DatasetName.Blob(name, size);
        await using BlobReading? reading = await store.OpenReadAsync(blob, cancellationToken);
        if (reading is null)
            return null;
        PackedHeader header = await PackedHeader.ReadAsync(reading.Content, $"{blob} in {store.Uri}", cancellationToken);
        if (header.Size != size)
            throw new DatasetException($"{blob} in {store.Uri} holds pictures of size {header.Size}. Import it again.");
        return new DatasetInfo
        {
            Name = name,
            Size = size,
            Count = header.Count,
            Bytes = reading.Info.Length,
            ContentHash = header.ContentHash,
            Provenance = header.Metadata,
        };
    }

    /// <summary>Names and sizes that the store has blobs for.</summary>
    internal static async IAsyncEnumerable<(string Name, int Size)> NamesAsync(
        IBlobStore store, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobInfo blob in store.ListAsync(DatasetName.Prefix, cancellationToken))
        {
            string[] parts = blob.Name[DatasetName.Prefix.Length..].Split('/');
            if (parts.Length == 2 && parts[1].EndsWith(DatasetName.Suffix, StringComparison.Ordinal)
                && int.TryParse(parts[1][..^DatasetName.Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out int size))
                yield return (parts[0], size);
        }
    }
}
