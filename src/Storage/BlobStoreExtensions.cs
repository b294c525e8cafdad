using System.Text;

namespace CatGan.Storage;

/// <summary>Small blobs in one call.</summary>
public static class BlobStoreExtensions
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A blob's whole content; null when there is none.</summary>
    public static async Task<byte[]?> ReadBytesAsync(this IBlobStore store, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var reading = await store.OpenReadAsync(name, cancellationToken).ConfigureAwait(false);
        if (reading is null)
            return null;
        await using (reading.ConfigureAwait(false))
        {
            using var buffer = new MemoryStream((int)Math.Min(reading.Info.Length, Array.MaxLength));
            await reading.Content.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
            return buffer.Length == buffer.Capacity ? buffer.GetBuffer() : buffer.ToArray();
        }
    }

    /// <summary>A blob's whole content as UTF-8 text; null when there is none.</summary>
    public static async Task<string?> ReadTextAsync(this IBlobStore store, string name, CancellationToken cancellationToken = default) =>
        await ReadBytesAsync(store, name, cancellationToken).ConfigureAwait(false) is { } bytes ? Utf8.GetString(bytes) : null;

    /// <summary>Writes bytes as a blob.</summary>
    /// <returns>The new version, or null when <paramref name="condition"/> did not hold.</returns>
    public static Task<BlobVersion?> WriteBytesAsync(
        this IBlobStore store, string name, ReadOnlyMemory<byte> content, BlobCondition condition = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.WriteAsync(name, async (destination, ct) => await destination.WriteAsync(content, ct).ConfigureAwait(false), condition, cancellationToken);
    }

    /// <summary>Writes text as a UTF-8 blob, without a byte order mark.</summary>
    /// <returns>The new version, or null when <paramref name="condition"/> did not hold.</returns>
    public static Task<BlobVersion?> WriteTextAsync(
        this IBlobStore store, string name, string content, BlobCondition condition = default, CancellationToken cancellationToken = default) =>
        WriteBytesAsync(store, name, Utf8.GetBytes(content), condition, cancellationToken);
}
