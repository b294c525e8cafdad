namespace CatGan.Storage;

/// <summary>Walks the store's folder in the ordinal order of whole names.</summary>
internal sealed class FolderListing(FolderLayout layout)
{
    /// <summary>Names of all blobs that start with <paramref name="prefix"/>; a versioned one may be deleted.</summary>
    public IEnumerable<string> Names(string prefix)
    {
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        if (folder.Length > 0 && BlobName.Fault(folder[..^1]) is not null)
            return [];
        return Walk(folder, prefix);
    }

    /// <summary>Folders of blobs right below a folder.</summary>
    public IEnumerable<string> Folders(string folder) =>
        folder.Length > 0 && BlobName.Fault(folder.TrimEnd('/')) is not null ? [] : Entries(folder, folder).Where(e => e.IsFolder).Select(e => e.Key[..^1]);

    private IEnumerable<string> Walk(string folder, string prefix)
    {
        foreach (var (key, isFolder) in Entries(folder, prefix))
        {
            var name = folder + key;
            if (!isFolder)
            {
                yield return name;
                continue;
            }
            foreach (var below in Walk(name, prefix))
                yield return below;
        }
    }

    /// <summary>
    /// What lies in a folder and can lead to the prefix, in ordinal order; a folder's key ends with a slash, as
    /// the names below it go on: "a-b" comes before "a/b".
    /// </summary>
    private List<(string Key, bool IsFolder)> Entries(string folder, string prefix)
    {
        var entries = new List<(string Key, bool IsFolder)>();
        try
        {
            foreach (var entry in new DirectoryInfo(layout.Plain(folder)).EnumerateFileSystemInfos())
            {
                var isFolder = entry.Attributes.HasFlag(FileAttributes.Directory);
                if (isFolder && File.Exists(Path.Combine(entry.FullName, FolderLayout.SealMark)))
                    isFolder = false;
                var key = isFolder ? entry.Name + "/" : entry.Name;
                if (Leads(folder + key, prefix) && BlobName.Fault(folder + entry.Name) is null)
                    entries.Add((key, isFolder));
            }
        }
        catch (DirectoryNotFoundException)
        {
            return []; // Nothing was written there yet.
        }
        catch (IOException) when (File.Exists(layout.Plain(folder)))
        {
            return []; // The prefix goes on below a blob.
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "list", layout.Plain(folder));
        }
        entries.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        return entries;
    }

    private static bool Leads(string key, string prefix) =>
        key.StartsWith(prefix, StringComparison.Ordinal) || (key[^1] == '/' && prefix.StartsWith(key, StringComparison.Ordinal));
}
