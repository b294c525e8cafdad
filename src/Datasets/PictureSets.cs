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
    public static async Task<PictureSet> OpenAsync(
        IBlobStore store, string reference, int size, string cacheFolder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        DatasetReference parsed = DatasetReference.Parse(reference);
        if (DatasetName.Fault(size) is { } fault)
            throw new DatasetException(fault);
        if (parsed.Drawn is { } cats)
            return await Task.Run(() => DrawnCatsPictures.Draw(reference, cats, size, cancellationToken), cancellationToken);
        throw new DatasetException($"There is no data set '{reference}' in {store.Uri}.");
    }
}
