using System.IO.Enumeration;

namespace CatGan.Datasets.Import.Sources;

/// <summary>A folder and all below it. Links to files are followed, links to folders are not: they may go round in circles.</summary>
internal sealed class FolderSource : IPictureSource
{
    private readonly string _root;

    public FolderSource(string root)
    {
        _root = Path.GetFullPath(root);
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        FileSystemEnumerable<SourceFile> files = new(_root, Describe, options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry e) => (e.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        Files = [.. files.OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<SourceFile> Files { get; }

    public int Read(SourceFile file, Span<byte> destination)
    {
        using FileStream stream = new(Path.Combine(_root, file.Name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
    }

    public void Dispose()
    {
    }

    private static SourceFile Describe(ref FileSystemEntry entry)
    {
        // A link's own length is that of its target's path.
        bool link = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
        string path = entry.ToFullPath();
        long length = link ? LinkedLength(path) : entry.Length;
        string name = Path.GetRelativePath(entry.RootDirectory.ToString(), path);
        return new SourceFile(Path.DirectorySeparatorChar == '/' ? name : name.Replace(Path.DirectorySeparatorChar, '/'), length, 0);
    }

    private static long LinkedLength(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : 0;
}
