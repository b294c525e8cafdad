using System.Diagnostics;
using System.Globalization;

namespace CatGan.Grains.Workers;

/// <summary>
/// A folder of this machine for what need not last; removed when the silo ends. A lock file beside it is held open as
/// long as the process lives, frozen or not: the kernel lets go of it with the process, so that the next silo knows
/// which folders a killed one left behind, however often process numbers are used again.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    private const string Prefix = "catgan-work-", LockSuffix = ".lock";
    private readonly FileStream _lock;

    /// <summary>Makes a folder of its own below <paramref name="parent"/>, or below the system's temporary folder.</summary>
    public WorkFolder(string? parent = null)
    {
        parent ??= System.IO.Path.GetTempPath();
        Directory.CreateDirectory(parent);
        RemoveLeftovers(parent);
        Path = System.IO.Path.Combine(parent, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        // First the lock: nobody ever sees the folder without it.
        _lock = new FileStream(Path + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        Directory.CreateDirectory(Path);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        _lock.Dispose();
    }

    internal TemporaryFile NewFile() => new(System.IO.Path.Combine(Path, Guid.NewGuid().ToString("N")));

    // A killed silo leaves its folder behind; the next one on the machine tidies up.
    private static void RemoveLeftovers(string parent)
    {
        foreach (string folder in Directory.GetDirectories(parent, Prefix + "*"))
        {
            try
            {
                RemoveLeftover(folder);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Its silo lives, it is someone else's, or another silo is at it.
                continue;
            }
        }
    }

    // Opening the lock fails while its process lives.
    private static void RemoveLeftover(string folder)
    {
        if (!File.Exists(folder + LockSuffix) && IsOfAProcessOfOld(folder))
            return;
        using FileStream held = new(folder + LockSuffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        Directory.Delete(folder, recursive: true);
    }

    // Versions before 0.2 had no lock files: where a process of that number lives, the folder may be its.
    private static bool IsOfAProcessOfOld(string folder)
    {
        string[] parts = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
            return true;
        try
        {
            using Process process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>A file that is removed with this object.</summary>
internal sealed class TemporaryFile(string path) : IDisposable
{
    public string Path { get; } = path;

    public FileStream Create() => new(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16, useAsync: true);

    public async Task CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        await using FileStream content = File.OpenRead(Path);
        await content.CopyToAsync(destination, cancellationToken);
    }

    public void Dispose() => File.Delete(Path);
}
