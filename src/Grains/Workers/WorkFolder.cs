using System.Diagnostics;
using System.Globalization;

namespace CatGan.Grains.Workers;

/// <summary>A folder of this machine for what need not last; removed when the silo ends.</summary>
public sealed class WorkFolder : IDisposable
{
    private const string Prefix = "catgan-work-";

    /// <summary>Makes a folder of its own below <paramref name="parent"/>, or below the system's temporary folder.</summary>
    public WorkFolder(string? parent = null)
    {
        parent ??= System.IO.Path.GetTempPath();
        RemoveLeftovers(parent);
        Path = System.IO.Path.Combine(parent, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    // A killed silo leaves its folder behind; the next one on the machine tidies up.
    private static void RemoveLeftovers(string parent)
    {
        HashSet<int> alive = [.. Process.GetProcesses().Select(p => p.Id)];
        foreach (string folder in Directory.Exists(parent) ? Directory.GetDirectories(parent, Prefix + "*") : [])
        {
            string[] parts = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-');
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) || alive.Contains(pid))
                continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Someone else's, or another silo is at it.
                continue;
            }
        }
    }

    internal TemporaryFile NewFile() => new(System.IO.Path.Combine(Path, Guid.NewGuid().ToString("N")));
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
