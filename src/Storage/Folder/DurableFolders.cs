using System.Collections.Concurrent;

namespace CatGan.Storage;

/// <summary>
/// Makes folders so that they survive a power cut. A folder another process made is not known to be on disk, so
/// every folder above a file is synced once by each process before it trusts it.
/// </summary>
internal sealed class DurableFolders(string root)
{
    private readonly ConcurrentDictionary<string, bool> _durable = new(StringComparer.Ordinal);

    /// <summary>Makes a folder of the store with all those above it.</summary>
    public void Ensure(string folder)
    {
        if (_durable.ContainsKey(folder))
            return;
        RefuseInsideVersioned(folder);
        try
        {
            var first = !Directory.Exists(root);
            Directory.CreateDirectory(folder);
            if (first)
                Sync(Path.GetDirectoryName(root) ?? root);
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw Failure(folder, e);
        }
        var from = folder;
        while (from.Length > root.Length)
        {
            from = Path.GetDirectoryName(from)!;
            Sync(from);
        }
        _durable[folder] = true;
    }

    /// <summary>Like <see cref="Ensure"/>, when someone removed a folder that was there.</summary>
    public void EnsureAgain(string folder)
    {
        _durable.Clear();
        Ensure(folder);
    }

    /// <summary>Makes the entries of a folder survive a power cut.</summary>
    public static void Sync(string folder) => FolderError.Check(Posix.SyncFolder(folder), "sync the folder", folder);

    private void RefuseInsideVersioned(string folder)
    {
        for (var from = folder; from.Length > root.Length; from = Path.GetDirectoryName(from)!)
        {
            if (File.Exists(Path.Combine(from, FolderLayout.SealMark)))
                throw Inside(folder, from, null);
        }
    }

    private BlobStoreException Inside(string folder, string blob, Exception? cause)
    {
        var message = $"The store cannot make the folder '{folder}': '{blob[(root.Length + 1)..]}' is a blob already; blobs cannot lie inside a blob.";
        return cause is null ? new BlobStoreException(message) : new BlobStoreException(message, cause);
    }

    private BlobStoreException Failure(string folder, Exception exception)
    {
        for (var from = folder; from.Length > root.Length; from = Path.GetDirectoryName(from)!)
        {
            if (File.Exists(from))
                return Inside(folder, from, exception);
        }
        return FolderError.Wrap(exception, "make the folder", folder);
    }
}
