namespace CatGan.Datasets.Import.Sources;

/// <summary>
/// Files to import from. Nothing is ever unpacked under the names it has, so hostile names in an archive do no harm.
/// </summary>
internal interface IPictureSource : IDisposable
{
    /// <summary>All plain files in ordinal order of their names.</summary>
    IReadOnlyList<SourceFile> Files { get; }

    /// <summary>Reads a file from its beginning, from any thread.</summary>
    /// <returns>The bytes read: fewer than asked for only where the file is shorter by now than it was listed.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged here.</exception>
    int Read(SourceFile file, Span<byte> destination);
}
