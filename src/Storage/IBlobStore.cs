using System.Runtime.CompilerServices;

namespace CatGan.Storage;

/// <summary>
/// Where everything that must survive lives: named blobs, whole or absent, with create-if-absent and
/// conditional replace. Names are relative, separated by '/', and checked by <c>BlobName</c>.
/// </summary>
public interface IBlobStore
{
    /// <summary>The URI the store was opened with, without secrets, for messages.</summary>
    string Uri { get; }

    /// <summary>Opens a blob for reading from its beginning; null when there is none.</summary>
    Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a part of a blob for reading: <paramref name="length"/> bytes from <paramref name="offset"/>, fewer where the
    /// blob ends before, none at or behind its end. Costs the part, where a store can, not what lies before it.
    /// </summary>
    /// <param name="name">Name of the blob.</param>
    /// <param name="offset">Bytes before the part, at least 0.</param>
    /// <param name="length">Bytes of the part, at least 0; null for all that follow.</param>
    /// <param name="version">The version that is meant, so that parts read one after the other are of one blob; null for whatever is there.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <returns>The part, with what is known of the whole blob; null when there is none, or not this version of it any more.</returns>
    async Task<BlobReading?> OpenRangeAsync(string name, long offset, long? length, BlobVersion? version, CancellationToken cancellationToken)
    {
        BlobPart.Check(offset, length);
        return await OpenReadAsync(name, cancellationToken).ConfigureAwait(false) is { } reading
            ? await BlobPart.OfAsync(reading, offset, length, version, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>
    /// Streams a blob into the store. It is visible only when complete; when <paramref name="write"/> throws
    /// or is cancelled, what was there before stays.
    /// </summary>
    /// <returns>The new version, or null when <paramref name="condition"/> did not hold and nothing was written.</returns>
    Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken);

    /// <summary>What is known of a blob without reading it; null when there is none.</summary>
    Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken);

    /// <summary>All blobs whose name starts with <paramref name="prefix"/> (any string, not only a folder), in ordinal order.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>
    /// Names of the folders right below <paramref name="folder"/> (empty, or ending with '/'), each once, without slash.
    /// A folder store may name one whose blobs have all been deleted. Costs the folders, where a store can, not the blobs in them.
    /// </summary>
    async IAsyncEnumerable<string> ListFoldersAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        await foreach (BlobInfo blob in ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            int end = blob.Name.IndexOf('/', folder.Length);
            if (end < 0 || last is not null && blob.Name.AsSpan(folder.Length, end - folder.Length).SequenceEqual(last))
                continue;
            last = blob.Name[folder.Length..end];
            yield return last;
        }
    }

    /// <summary>Removes a blob.</summary>
    /// <returns>False when there was none.</returns>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A store whose blobs are files that can be mapped into memory.</summary>
public interface ILocalBlobStore : IBlobStore
{
    /// <summary>The file that holds a blob now; null when there is none.</summary>
    string? GetLocalPath(string name);
}

/// <summary>A store that may hold what killed processes were writing, which is no blob.</summary>
public interface ILeftoverStore : IBlobStore
{
    /// <summary>What was begun before a time and is not finished: a name of the store's own, a length, a time of the last write.</summary>
    IReadOnlyList<BlobInfo> FindLeftovers(DateTimeOffset before);

    /// <summary>Removes one of them.</summary>
    /// <returns>False when it is gone already.</returns>
    bool RemoveLeftover(string name);
}

/// <summary>Writes a blob's content to <paramref name="destination"/>; may be called again when a try fails.</summary>
public delegate Task BlobWriter(Stream destination, CancellationToken cancellationToken);

/// <summary>An opaque tag that changes with every write of a blob.</summary>
public readonly record struct BlobVersion(string Tag);

/// <summary>A blob's name, length in bytes, version and time of its last write.</summary>
public sealed record BlobInfo(string Name, long Length, BlobVersion Version, DateTimeOffset LastModified);

/// <summary>An open blob, or a part of one: its content, and what is known of the whole blob.</summary>
public sealed class BlobReading(Stream content, BlobInfo info) : IAsyncDisposable
{
    /// <summary>The content; disposed with this object.</summary>
    public Stream Content { get; } = content;

    /// <summary>Name, length and version of the blob that <see cref="Content"/> reads, whole or in part.</summary>
    public BlobInfo Info { get; } = info;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>When a write may happen.</summary>
public readonly record struct BlobCondition
{
    private BlobCondition(bool absent, BlobVersion? version) => (MustBeAbsent, MustBe) = (absent, version);

    /// <summary>Write whatever is there.</summary>
    public static BlobCondition Always => default;

    /// <summary>Write only where there is no blob of this name.</summary>
    public static BlobCondition IfAbsent => new(true, null);

    /// <summary>Write only over exactly this version.</summary>
    public static BlobCondition IfVersion(BlobVersion version) => new(false, version);

    /// <summary>True for <see cref="IfAbsent"/>.</summary>
    public bool MustBeAbsent { get; }

    /// <summary>The version asked for by <see cref="IfVersion"/>.</summary>
    public BlobVersion? MustBe { get; }
}
