namespace CatGan.Grains.Workers;

/// <summary>A folder of this machine for what need not last; removed when the silo ends.</summary>
public sealed class WorkFolder : IDisposable
{
    /// <summary>Makes a folder of its own below <paramref name="parent"/>, or below the system's temporary folder.</summary>
    public WorkFolder(string? parent = null)
    {
        Path = System.IO.Path.Combine(parent ?? System.IO.Path.GetTempPath(), $"catgan-{Guid.NewGuid():N}");
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
