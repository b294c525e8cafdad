using System.IO.Compression;

namespace CatGan.Datasets.Import.Sources;

/// <summary>A zip file. Its entries share one stream, so one is unpacked at a time; decoding takes far longer.</summary>
internal sealed class ZipSource : IPictureSource
{
    private readonly ZipArchive _archive;
    private readonly Lock _gate = new();

    public ZipSource(string path)
    {
        _archive = ZipFile.OpenRead(path);
        Files =
        [
            .. _archive.Entries
                .Select((entry, place) => new SourceFile(entry.FullName.Replace('\\', '/'), entry.Length, place))
                .Where(f => !f.Name.EndsWith('/'))
                .OrderBy(f => f.Name, StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<SourceFile> Files { get; }

    public int Read(SourceFile file, Span<byte> destination)
    {
        lock (_gate)
        {
            using Stream stream = _archive.Entries[(int)file.Place].Open();
            return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
    }

    public void Dispose() => _archive.Dispose();
}
