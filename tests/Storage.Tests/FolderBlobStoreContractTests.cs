namespace CatGan.Storage.Tests;

public sealed class FolderBlobStoreContractTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IBlobStore Store => Another();

    public void Dispose() => _folder.Dispose();

    protected override IBlobStore Another() => BlobStores.Open("file:" + _folder["store"]);
}
