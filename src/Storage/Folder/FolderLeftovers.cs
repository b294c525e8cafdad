namespace CatGan.Storage;

/// <summary>What killed writers left in the hidden folder: files that never got their names.</summary>
internal sealed class FolderLeftovers(FolderLayout layout)
{
    /// <summary>Those last written before a time.</summary>
    public IEnumerable<BlobInfo> Find(DateTimeOffset before)
    {
        if (!Directory.Exists(layout.Temporary))
            yield break;
        foreach (var path in Directory.GetFileSystemEntries(layout.Temporary))
        {
            if (FileStatus.OfItself(path) is { Kind: FileKind.File or FileKind.Link } old && old.Modified < before)
                yield return new BlobInfo($".tmp/{Path.GetFileName(path)}", old.Length, old.Version(0), old.Modified);
        }
    }

    /// <summary>Removes one; false when it is gone already.</summary>
    public bool Remove(string name)
    {
        var error = Posix.Unlink(Path.Combine(layout.Temporary, Path.GetFileName(name)));
        if (error != Posix.NoEntry)
            FolderError.Check(error, "remove", name);
        return error == 0;
    }
}
