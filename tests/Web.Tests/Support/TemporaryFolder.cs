using CatGan.Storage;

namespace CatGan.Web.Tests.Support;

/// <summary>A store for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("catgan-web-tests").FullName;

    public TemporaryFolder() => Store = new(BlobStores.Open("file:" + path));

    public HookedStore Store { get; }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
