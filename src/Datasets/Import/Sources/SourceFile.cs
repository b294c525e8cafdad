namespace CatGan.Datasets.Import.Sources;

/// <summary>A file of a source.</summary>
/// <param name="Name">Path within the source, separated by '/'.</param>
/// <param name="Length">Bytes, unpacked.</param>
/// <param name="Place">Where it is: what the source that made it needs.</param>
internal sealed record SourceFile(string Name, long Length, long Place);
