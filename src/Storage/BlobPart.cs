namespace CatGan.Storage;

/// <summary>Makes a part out of an open blob.</summary>
internal static class BlobPart
{
    private const int SkippedAtOnce = 64 << 10;

    /// <summary>Refuses an offset or a length below 0.</summary>
    public static void Check(long offset, long? length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length ?? 0, nameof(length));
    }

    /// <summary>The part of a blob that was opened from its beginning; null, and the blob closed, when it is of another version.</summary>
    public static async Task<BlobReading?> OfAsync(BlobReading whole, long offset, long? length, BlobVersion? version, CancellationToken cancellationToken)
    {
        try
        {
            if (version is { } asked && whole.Info.Version != asked)
            {
                await whole.DisposeAsync().ConfigureAwait(false);
                return null;
            }
            var from = Math.Min(offset, whole.Info.Length);
            if (whole.Content.CanSeek)
                whole.Content.Seek(from, SeekOrigin.Begin);
            else
                await SkipAsync(whole.Content, from, cancellationToken).ConfigureAwait(false);
            return new BlobReading(new PartStream(whole.Content, Math.Min(length ?? long.MaxValue, whole.Info.Length - from)), whole.Info);
        }
        catch
        {
            await whole.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A part without any bytes.</summary>
    public static BlobReading Empty(BlobInfo info) => new(Stream.Null, info);

    private static async Task SkipAsync(Stream content, long count, CancellationToken cancellationToken)
    {
        var skipped = new byte[(int)Math.Min(count, SkippedAtOnce)];
        while (count > 0)
        {
            var read = await content.ReadAsync(skipped.AsMemory(0, (int)Math.Min(count, skipped.Length)), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return;
            count -= read;
        }
    }
}
