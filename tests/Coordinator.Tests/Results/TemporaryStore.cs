using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Results;

/// <summary>A folder store that goes when the test does.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public TemporaryStore() => Store = BlobStores.Open("file:" + Folder);

    public string Folder { get; } = Directory.CreateTempSubdirectory("catgan-report-").FullName;

    public IBlobStore Store { get; }

    public string Cache => Path.Combine(Folder, "cache");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
