namespace CatGan.Storage;

/// <summary>What stands under a blob's name at a moment.</summary>
/// <param name="Path">The file with its content.</param>
/// <param name="Number">Its version's number; 1 for a plain blob.</param>
/// <param name="Status">The file's.</param>
internal readonly record struct FoundBlob(string Path, long Number, FileStatus Status);

/// <summary>
/// Finds, gives and takes blobs' names by the protocol that <see cref="FolderBlobStore"/> tells. Each step is one atomic
/// system call; where something got in between, it looks again.
/// </summary>
internal sealed class FolderNames(FolderLayout layout, DurableFolders folders, Action<string> step)
{
    /// <summary>The newest content under a name; null when there is none.</summary>
    public FoundBlob? Find(string name)
    {
        BlobName.Check(name);
        var path = layout.Plain(name);
        var status = FileStatus.Of(path);
        if (status.Kind == FileKind.File)
            return new FoundBlob(path, 1, status);
        if (status.Kind != FileKind.Folder || !IsVersioned(name))
            return null;
        var top = Guarded(name, () => Chain(name).Top());
        return top.Deleted ? null : new FoundBlob(layout.Version(name, top.Number), top.Number, top.Status);
    }

    /// <summary>Gives a filled file its name; null when the condition does not hold.</summary>
    public BlobVersion? Commit(string name, TemporaryFile file, BlobCondition condition) => Guarded(name, () => TryCommit(name, file, condition));

    /// <summary>Takes a blob its name; false when there is none.</summary>
    public bool Delete(string name) => Guarded(name, () => TryDelete(name));

    private BlobVersion? TryCommit(string name, TemporaryFile file, BlobCondition condition)
    {
        for (; ; )
        {
            var status = FileStatus.Of(layout.Plain(name));
            if (status.Kind == FileKind.Folder && IsVersioned(name))
                return Chain(name).Append(file, condition);
            if (condition.MustBe is { } asked)
            {
                if (status.Kind != FileKind.File || status.Version(1) != asked)
                    return null;
                Chain(name).Adopt();
            }
            else if (status.Kind == FileKind.Folder)
            {
                throw new BlobStoreException($"The store cannot write the blob '{name}': it is a folder of other blobs. Use another name.");
            }
            else if (status.Kind == FileKind.File && condition.MustBeAbsent)
            {
                return null;
            }
            else if (Name(name, file, condition.MustBeAbsent))
            {
                return file.Status.Version(1);
            }
        }
    }

    /// <summary>Gives the file its plain name; false when something got in between and it is to be looked at again.</summary>
    private bool Name(string name, TemporaryFile file, bool mustBeAbsent)
    {
        var path = layout.Plain(name);
        var folder = Path.GetDirectoryName(path)!;
        folders.Ensure(folder);
        step(mustBeAbsent ? "link" : "rename");
        var error = mustBeAbsent ? Posix.Link(file.Path, path) : Posix.Rename(file.Path, path);
        if (error == Posix.NoEntry && File.Exists(file.Path))
        {
            folders.EnsureAgain(folder);
            return false;
        }
        if (error is Posix.Exists or Posix.IsDirectory)
            return false;
        FolderError.Check(error, "write", path);
        DurableFolders.Sync(folder);
        return true;
    }

    private bool TryDelete(string name)
    {
        for (; ; )
        {
            var status = FileStatus.Of(layout.Plain(name));
            if (status.Kind == FileKind.Folder && IsVersioned(name))
                return Chain(name).Delete();
            if (status.Kind != FileKind.File)
                return false;
            step("unlink");
            var error = Posix.Unlink(layout.Plain(name));
            if (error == 0)
                return true;
            if (error is not (Posix.NoEntry or Posix.IsDirectory))
                FolderError.Check(error, "delete", layout.Plain(name));
        }
    }

    private bool IsVersioned(string name) => File.Exists(Path.Combine(layout.Plain(name), FolderLayout.SealMark));

    private VersionChain Chain(string name) => new(layout, folders, name, step);

    private T Guarded<T>(string name, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "use", layout.Plain(name));
        }
    }
}
