using System.Security.Cryptography;
using CatGan.Storage;

namespace CatGan.Datasets;

/// <summary>Opens pictures by the reference that a spec names them with.</summary>
public static class PictureSets
{
    /// <summary>Opens a data set at one size.</summary>
    /// <param name="store">Where imported data sets are.</param>
    /// <param name="reference">See <see cref="DatasetReference"/>.</param>
    /// <param name="size">Side of the pictures in pixels.</param>
    /// <param name="cacheFolder">A folder of this machine for what cannot be mapped where it is; made when needed.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="DatasetException">There is no such data set or size; the message says what there is and what to do.</exception>
    public static Task<PictureSet> OpenAsync(
        IBlobStore store, string reference, int size, string cacheFolder, CancellationToken cancellationToken) =>
        OpenAsync(store, reference, size, new PictureCache(cacheFolder), cancellationToken);

    /// <summary>Opens a data set at one size.</summary>
    /// <param name="store">Where imported data sets are.</param>
    /// <param name="reference">See <see cref="DatasetReference"/>.</param>
    /// <param name="size">Side of the pictures in pixels.</param>
    /// <param name="cache">Where what cannot be mapped in the store is kept on this machine.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="DatasetException">There is no such data set or size; the message says what there is and what to do.</exception>
    public static async Task<PictureSet> OpenAsync(
        IBlobStore store, string reference, int size, PictureCache cache, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(cache);
        DatasetReference parsed = DatasetReference.Parse(reference);
        if (DatasetName.Fault(size) is { } fault)
            throw new DatasetException(fault);
        if (parsed.Drawn is { } cats)
            return await DrawnCatsPictures.OpenAsync(reference, cats, size, cache.Folder, cancellationToken);
        if (store is ILocalBlobStore local && local.GetLocalPath(DatasetName.Blob(reference, size)) is { } path)
            return PackedPictures.Open(path, reference);
        DatasetInfo info = await DatasetCatalogue.FindAsync(store, reference, size, cancellationToken)
            ?? throw new DatasetException(await MissingAsync(store, reference, size, cancellationToken));
        return await FetchAsync(store, info, cache, cancellationToken);
    }

    /// <summary>SHA-256 of a data set's pixels at one size: what a sweep pins. Drawn cats are drawn for it.</summary>
    /// <inheritdoc cref="OpenAsync(IBlobStore, string, int, string, CancellationToken)"/>
    public static async Task<string> ContentHashAsync(
        IBlobStore store, string reference, int size, string cacheFolder, CancellationToken cancellationToken)
    {
        using PictureSet pictures = await OpenAsync(store, reference, size, cacheFolder, cancellationToken);
        return pictures.ContentHash;
    }

    /// <summary>What is wrong with a reference, one sentence each: its form, and whether the store has it at every size.</summary>
    /// <param name="store">Where imported data sets are.</param>
    /// <param name="reference">See <see cref="DatasetReference"/>.</param>
    /// <param name="sizes">Sides that are needed, in pixels.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(
        IBlobStore store, string reference, IEnumerable<int> sizes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(sizes);
        DatasetReference? parsed = DatasetReference.TryParse(reference, out IReadOnlyList<string> form);
        List<string> faults = [.. form];
        foreach (int size in sizes.Distinct().Order())
        {
            if (DatasetName.Fault(size) is { } fault)
                faults.Add(fault);
            else if (parsed is { Drawn: null } && await store.GetInfoAsync(DatasetName.Blob(reference, size), cancellationToken) is null)
                faults.Add(await MissingAsync(store, reference, size, cancellationToken));
        }

        return faults;
    }

    private static async Task<string> MissingAsync(IBlobStore store, string name, int size, CancellationToken cancellationToken)
    {
        List<(string Name, int Size)> there = [];
        await foreach ((string, int) one in DatasetCatalogue.NamesAsync(store, cancellationToken))
            there.Add(one);
        int[] sizes = [.. there.Where(d => d.Name == name).Select(d => d.Size).Order()];
        string import = $"import it with 'catgan data import SOURCE --name {name} --size {size}'";
        if (sizes.Length > 0)
            return $"data set '{name}' in {store.Uri} has size {string.Join(", ", sizes)}, but not {size}: {import}";
        string names = there.Count == 0 ? "has none" : $"has {string.Join(", ", there.Select(d => d.Name).Distinct().Order(StringComparer.Ordinal))}";
        return $"data set '{name}' is not in {store.Uri}, which {names}: {import}, or use {DatasetReference.BuiltIn}";
    }

    /// <summary>Copies a blob that cannot be mapped to the cache, once for all processes of the machine. What lies there is trusted by its hash alone.</summary>
    private static async Task<PictureSet> FetchAsync(IBlobStore store, DatasetInfo info, PictureCache cache, CancellationToken cancellationToken)
    {
        string path = Path.Combine(cache.Folder, string.Create(null, $"{info.ContentHash}-{info.Size}{DatasetName.Suffix}"));
        if (File.Exists(path) && IsDamaged(path, info))
            File.Delete(path);
        if (!File.Exists(path))
        {
            await CacheFile.WriteAsync(path, async stream =>
            {
                string blob = DatasetName.Blob(info.Name, info.Size);
                await using BlobReading reading = await store.OpenReadAsync(blob, cancellationToken)
                    ?? throw new DatasetException($"{blob} in {store.Uri} has been deleted meanwhile.");
                await reading.Content.CopyToAsync(stream, cancellationToken);
            },
            copy => Verify(copy, info));
            cache.Trim(path);
        }

        cache.Touch(path);
        return PackedPictures.Open(path, info.Name);
    }

    private static bool IsDamaged(string path, DatasetInfo info)
    {
        try
        {
            Verify(path, info);
            return false;
        }
        catch (DatasetException)
        {
            return true;
        }
    }

    private static void Verify(string path, DatasetInfo info)
    {
        using PictureSet pictures = PackedPictures.Open(path, info.Name);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] picture = new byte[3 * pictures.Size * pictures.Size];
        for (int i = 0; i < pictures.Count; i++)
        {
            pictures.Read(i, picture);
            hash.AppendData(picture);
        }

        if (Convert.ToHexStringLower(hash.GetCurrentHash()) != info.ContentHash)
            throw new DatasetException($"The pixels of '{info.Name}' at {info.Size} are not those that its header names by their hash. Import it again.");
    }
}
