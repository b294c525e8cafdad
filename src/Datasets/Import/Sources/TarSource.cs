using System.Formats.Tar;
using Microsoft.Win32.SafeHandles;

namespace CatGan.Datasets.Import.Sources;

/// <summary>A tar file: its headers are read once, its files then in any order from any thread.</summary>
internal sealed class TarSource : IPictureSource
{
    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;

    /// <param name="stream">The uncompressed archive, disposed with this object.</param>
    /// <param name="cancellationToken">Stops the reading of the headers.</param>
    public TarSource(FileStream stream, CancellationToken cancellationToken)
    {
        _stream = stream;
        _handle = stream.SafeFileHandle;
        List<SourceFile> files = [];
        using (TarReader reader = new(stream, leaveOpen: true))
        {
            while (reader.GetNextEntry() is { } entry)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile)
                    files.Add(new SourceFile(entry.Name, entry.Length, entry.DataOffset));
            }
        }

        Files = [.. files.OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<SourceFile> Files { get; }

    public int Read(SourceFile file, Span<byte> destination)
    {
        int read = 0;
        for (int more = -1; more != 0 && read < destination.Length; read += more)
            more = RandomAccess.Read(_handle, destination[read..], file.Place + read);
        return read;
    }

    public void Dispose() => _stream.Dispose();
}
