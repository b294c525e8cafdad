namespace CatGan.Datasets;

/// <summary>
/// A folder of this machine for data sets that cannot be mapped where they are. Files are named by their content and
/// whole or absent, so that any number of processes may share it.
/// </summary>
/// <param name="Folder">The folder; made when needed.</param>
/// <param name="MaxBytes">Most bytes that files may take; the least lately used ones go first. The one in use always stays.</param>
public sealed record PictureCache(string Folder, long MaxBytes = long.MaxValue)
{
    private const string Pattern = "*" + DatasetName.Suffix;

    /// <summary>The clock that tells which file was used last.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// <c>$XDG_CACHE_HOME/catgan</c>, else <c>~/.cache/catgan</c>, else a folder among the temporary files where neither
    /// can be written.
    /// </summary>
    /// <param name="variable">Environment variables; null where one is not set.</param>
    public static string DefaultFolder(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string? parent = variable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : home.Length > 1 ? Path.Combine(home, ".cache") : null;
        return parent is not null && CanWrite(Path.Combine(parent, "catgan")) is { } folder ? folder : Path.Combine(Path.GetTempPath(), "catgan-cache");
    }

    /// <summary>Notes that a file is used now.</summary>
    internal void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, Time.GetUtcNow().UtcDateTime);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another user's file, or gone: it counts as used when it was made.
            return;
        }
    }

    /// <summary>Removes what is over the bound. Who still reads a removed file goes on reading it.</summary>
    /// <param name="keep">The file in use.</param>
    internal void Trim(string keep)
    {
        List<FileInfo> files = [.. new DirectoryInfo(Folder).EnumerateFiles(Pattern).OrderByDescending(f => f.LastWriteTimeUtc)];
        long kept = files.Where(f => f.FullName == Path.GetFullPath(keep)).Sum(f => f.Length);
        foreach (FileInfo file in files.Where(f => f.FullName != Path.GetFullPath(keep)))
        {
            if (kept + file.Length <= MaxBytes)
                kept += file.Length;
            else
                Remove(file);
        }
    }

    private static void Remove(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another user's; that user's silos keep their own bound.
            return;
        }
    }

    private static string? CanWrite(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
