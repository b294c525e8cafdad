using System.Runtime.CompilerServices;

namespace CatGan.Storage;

/// <summary>
/// Blobs as files below a folder. Whole or absent after a power cut, safe between processes, and without any
/// lock: whichever process is killed or frozen at whichever moment, all others go on.
/// </summary>
/// <remarks>
/// <para><b>Plain blobs</b> lie at their own name. Content is written to <c>.tmp/</c>, synced, and then named in
/// one atomic call: <c>link</c>, which fails where there is a file, to create; <c>rename</c> to overwrite; then
/// the folder is synced. (A deletion is not synced: after a power cut a blob deleted just before may be back.)</para>
/// <para><b>Conditional replace</b> cannot be built from these without a lock, since between the look at the
/// version and the rename a process may freeze. So a blob becomes <b>versioned</b> when it is first replaced
/// conditionally, and stays so for ever. Its versions are <c>.versions/{name}/.v1, .v2, …</c>; the highest number
/// counts, and version N+1 is created by <c>link</c>, so only one of all who saw N can make it. Superseded content
/// is replaced by a marker (a dangling symbolic link), never removed: a process that saw N, froze and woke a year
/// later still finds N+1 taken. A deletion is a version too, a marker itself.</para>
/// <para><b>The change from plain to versioned</b> is one atomic swap (<c>renameat2</c>, RENAME_EXCHANGE) of the
/// plain file for a folder holding the file <c>.versioned</c>, the seal. From then on <c>link</c>, <c>rename</c>
/// and <c>unlink</c> by processes that still think the blob plain all fail, and they look again. The swapped file
/// lies in <c>.versions/{name}/</c> and is named <c>.v1</c> by the swapping process or, when that died, by the
/// next who comes by. A second, late swap only exchanges a seal for a seal. Content and tag stay the same.</para>
/// <para>A name must not be a blob and a folder of blobs at once.</para>
/// </remarks>
internal sealed class FolderBlobStore : ILocalBlobStore, ILeftoverStore
{
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);
    private readonly FolderLayout _layout;
    private readonly DurableFolders _folders;
    private readonly FolderNames _names;
    private readonly FolderLeftovers _leftovers;
    private readonly TimeProvider _time;
    private readonly Lazy<bool> _prepared;

    /// <summary>A store below <paramref name="root"/>, which is made by the first write.</summary>
    public FolderBlobStore(string root, TimeProvider time)
    {
        _layout = new FolderLayout(root);
        _folders = new DurableFolders(_layout.Root);
        _names = new FolderNames(_layout, _folders, step => Step(step));
        _leftovers = new FolderLeftovers(_layout);
        _time = time;
        _prepared = new Lazy<bool>(Prepare, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <inheritdoc/>
    public string Uri => "file:" + _layout.Root;

    /// <summary>Called before every step that another process could get in front of; tests do so.</summary>
    internal Action<string> Step { get; init; } = static _ => { };

    /// <inheritdoc/>
    public string? GetLocalPath(string name) => _names.Find(name)?.Path;

    /// <inheritdoc/>
    public Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_names.Find(name) is { } found)
        {
            try
            {
                Step("open");
                var stream = new FileStream(found.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 16 * 1024, useAsync: false);
                return Task.FromResult<BlobReading?>(new BlobReading(new FolderReadStream(stream), Info(name, found with { Status = FileStatus.Of(stream.SafeFileHandle) })));
            }
            catch (Exception e) when (FolderError.Is(e))
            {
                if (_names.Find(name) is { } now && now.Path == found.Path)
                    throw FolderError.Wrap(e, "read", found.Path);
                // Replaced or deleted in between: look again.
            }
        }
        return Task.FromResult<BlobReading?>(null);
    }

    /// <inheritdoc/>
    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_names.Find(name) is { } found ? Info(name, found) : null);
    }

    /// <inheritdoc/>
    public async Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (condition != BlobCondition.Always && Fails(_names.Find(name), condition))
            return null;
        BlobName.Check(name);
        _ = _prepared.Value;
        using var file = TemporaryFile.Create(_layout.NewTemporary(), _layout.Plain(name));
        await file.FillAsync(write, _time, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => _names.Commit(name, file, condition), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        return Task.Run(() => _names.Delete(name), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        // A large folder is walked on the thread pool, not on a grain's scheduler.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        foreach (var name in new FolderListing(_layout).Names(prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_names.Find(name) is { } found)
                yield return Info(name, found);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListFoldersAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        foreach (var name in new FolderListing(_layout).Folders(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<BlobInfo> FindLeftovers(DateTimeOffset before)
    {
        try
        {
            return [.. _leftovers.Find(before)];
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "list", _layout.Temporary);
        }
    }

    /// <inheritdoc/>
    public bool RemoveLeftover(string name) => _leftovers.Remove(name);

    private static bool Fails(FoundBlob? found, BlobCondition condition) =>
        condition.MustBeAbsent ? found is not null : found?.Status.Version(found.Value.Number) != condition.MustBe;

    private static BlobInfo Info(string name, FoundBlob found) => new(name, found.Status.Length, found.Status.Version(found.Number), found.Status.Modified);

    /// <summary>Makes the hidden folder and clears it of what killed writers left long ago.</summary>
    private bool Prepare()
    {
        _folders.Ensure(_layout.Temporary);
        foreach (var leftover in FindLeftovers(_time.GetUtcNow() - LeftoverAge))
            RemoveLeftover(leftover.Name);
        return true;
    }
}
