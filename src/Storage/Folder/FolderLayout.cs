using System.Globalization;

namespace CatGan.Storage;

/// <summary>
/// Where the folder store keeps what. Everything of its own begins with a dot, which no blob's name may
/// (<see cref="BlobName"/>), so that nothing collides.
/// </summary>
internal sealed class FolderLayout(string root)
{
    /// <summary>In the folder that stands at a versioned blob's plain path: says that it is one.</summary>
    public const string SealMark = ".versioned";

    private const string SealPrefix = ".seal-";

    /// <summary>The store's folder.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>Files that are being written.</summary>
    public string Temporary => Path.Combine(Root, ".tmp");

    /// <summary>A new name for a file that is being written.</summary>
    public string NewTemporary() => Path.Combine(Temporary, Guid.NewGuid().ToString("n"));

    /// <summary>Where a blob lies that was never replaced conditionally.</summary>
    public string Plain(string name) => Path.Combine(Root, name);

    /// <summary>The folder of a versioned blob's versions.</summary>
    public string Versions(string name) => Path.Combine(Root, ".versions", name);

    /// <summary>One version of a versioned blob.</summary>
    public string Version(string name, long number) =>
        Path.Combine(Versions(name), string.Create(CultureInfo.InvariantCulture, $".v{number:D12}"));

    /// <summary>A new name for a seal, or for the plain file once it was swapped for its seal.</summary>
    public string NewSeal(string name) => Path.Combine(Versions(name), SealPrefix + Guid.NewGuid().ToString("n"));

    /// <summary>All seals, and the plain file when it was just swapped.</summary>
    public string[] Seals(string name) => Directory.GetFileSystemEntries(Versions(name), SealPrefix + "*");
}
