namespace CatGan.Storage;

/// <summary>The newest version of a versioned blob: its number, and its file unless the blob is deleted.</summary>
internal readonly record struct ChainTop(long Number, FileStatus Status, bool Deleted)
{
    /// <summary>The tag that a conditional replace must name.</summary>
    public BlobVersion Version => Status.Version(Number);
}

/// <summary>
/// The numbered versions of one blob; the protocol is told at <see cref="FolderBlobStore"/>. Every step is one
/// atomic system call, and any process can finish what another left.
/// </summary>
internal sealed class VersionChain(FolderLayout layout, DurableFolders folders, string name, Action<string> step)
{
    private const string Deleted = ".deleted", Superseded = ".superseded";

    /// <summary>Turns a plain blob into a versioned one with the same content and tag; does nothing when it is one or is gone.</summary>
    public void Adopt()
    {
        folders.Ensure(layout.Versions(name));
        var seal = layout.NewSeal(name);
        Directory.CreateDirectory(seal);
        File.WriteAllBytes(Path.Combine(seal, FolderLayout.SealMark), []);
        DurableFolders.Sync(seal);
        DurableFolders.Sync(layout.Versions(name));
        step("swap");
        var error = Posix.Swap(layout.Plain(name), seal);
        if (error == 0 && IsFolderOfBlobs(seal))
            error = Posix.Swap(layout.Plain(name), seal); // The blob had become a folder of others: undo.
        if (error is not (0 or Posix.NoEntry))
            FolderError.Check(error, "version", layout.Plain(name));
        DurableFolders.Sync(Path.GetDirectoryName(layout.Plain(name))!);
        if (FileStatus.OfItself(seal).Kind == FileKind.File)
            FinishAdoption();
        else
            RemoveSeal(seal);
    }

    /// <summary>The newest version. The numbers have no holes, so it is found by doubling and halving.</summary>
    public ChainTop Top()
    {
        var known = 0L;
        for (; ; )
        {
            known = Last(known);
            if (known == 0)
            {
                FinishAdoption();
                continue;
            }
            var status = FileStatus.OfItself(layout.Version(name, known));
            if (status.Kind == FileKind.File)
                return new ChainTop(known, status, Deleted: false);
            if (new FileInfo(layout.Version(name, known)).LinkTarget == Deleted)
                return new ChainTop(known, status, Deleted: true);
            // Superseded since: a higher number exists.
        }
    }

    /// <summary>Makes a file the next version if the condition holds for the newest.</summary>
    public BlobVersion? Append(TemporaryFile file, BlobCondition condition)
    {
        for (; ; )
        {
            var top = Top();
            if (condition.MustBeAbsent && !top.Deleted)
                return null;
            if (condition.MustBe is { } asked && (top.Deleted || top.Version != asked))
                return null;
            step("append");
            if (!Claim(top.Number + 1, path => Posix.Link(file.Path, path)))
                continue; // Someone else has that number; an asked version is then not the newest any more.
            Retire(top.Number);
            return file.Status.Version(top.Number + 1);
        }
    }

    /// <summary>Makes the next version say that the blob is gone; false when it was gone already.</summary>
    public bool Delete()
    {
        for (; ; )
        {
            var top = Top();
            if (top.Deleted)
                return false;
            step("delete");
            if (!Claim(top.Number + 1, path => Posix.Symlink(Deleted, path)))
                continue;
            Retire(top.Number);
            return true;
        }
    }

    private bool Claim(long number, Func<string, int> create)
    {
        var path = layout.Version(name, number);
        var error = create(path);
        if (error == Posix.Exists)
            return false;
        FolderError.Check(error, "write", path);
        DurableFolders.Sync(layout.Versions(name));
        return true;
    }

    /// <summary>Replaces superseded content by a marker. The number stays taken for ever: a process that froze cannot make it again.</summary>
    private void Retire(long number)
    {
        for (; number > 0 && FileStatus.OfItself(layout.Version(name, number)).Kind == FileKind.File; number--)
        {
            var marker = layout.NewTemporary();
            FolderError.Check(Posix.Symlink(Superseded, marker), "write", marker);
            FolderError.Check(Posix.Rename(marker, layout.Version(name, number)), "retire", layout.Version(name, number));
        }
    }

    private long Last(long known)
    {
        var beyond = Math.Max(1, known * 2);
        for (; Exists(beyond); beyond *= 2)
            known = beyond;
        while (beyond - known > 1)
        {
            var middle = known + ((beyond - known) / 2);
            (known, beyond) = Exists(middle) ? (middle, beyond) : (known, middle);
        }
        return known;
    }

    private bool Exists(long number) => FileStatus.OfItself(layout.Version(name, number)).Kind != FileKind.Missing;

    /// <summary>Names the swapped plain file version 1: the swapping process does, or whoever comes by when it died.</summary>
    private void FinishAdoption()
    {
        var content = Array.Find(layout.Seals(name), path => FileStatus.OfItself(path).Kind == FileKind.File);
        step("adopt");
        if (content is not null)
        {
            var error = Posix.Link(content, layout.Version(name, 1));
            if (error is not (Posix.Exists or Posix.NoEntry))
                FolderError.Check(error, "version", layout.Version(name, 1));
        }
        if (!Exists(1))
            throw new BlobStoreException($"The blob '{name}' has lost its content: nothing is in '{layout.Versions(name)}'. Restore that folder from a backup, or remove the folder '{layout.Plain(name)}' to make the blob absent.");
        DurableFolders.Sync(layout.Versions(name));
        if (content is not null)
            File.Delete(content);
    }

    private static bool IsFolderOfBlobs(string seal) =>
        FileStatus.OfItself(seal).Kind == FileKind.Folder && FileStatus.OfItself(Path.Combine(seal, FolderLayout.SealMark)).Kind == FileKind.Missing;

    /// <summary>Removes the own seal, or the one it was swapped for. Others' seals may still be swapped in: they stay.</summary>
    private static void RemoveSeal(string seal)
    {
        if (FileStatus.OfItself(seal).Kind != FileKind.Folder)
            return;
        File.Delete(Path.Combine(seal, FolderLayout.SealMark));
        Directory.Delete(seal);
    }
}
