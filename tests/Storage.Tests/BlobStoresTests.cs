namespace CatGan.Storage.Tests;

public sealed class BlobStoresTests
{
    [Theory]
    [InlineData("file:/tmp/s", "file:/tmp/s")]
    [InlineData("file:///tmp/s", "file:/tmp/s")]
    [InlineData("/tmp/s/", "file:/tmp/s")]
    [InlineData("/tmp/a/../s", "file:/tmp/s")]
    [InlineData("https://account.blob.core.windows.net/cats", "https://account.blob.core.windows.net/cats")]
    [InlineData("https://account.blob.core.windows.net/cats?sv=2024&sig=secret", "https://account.blob.core.windows.net/cats")]
    [InlineData("azure:cats?connection=UseDevelopmentStorage=true", "azure:cats")]
    public void Open_KnownForm_HasAUriWithoutSecrets(string uri, string expected) => Assert.Equal(expected, BlobStores.Open(uri).Uri);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("file:", "names no folder")]
    [InlineData("s3://bucket", "s3://bucket")]
    [InlineData("azure:Cats?connection=UseDevelopmentStorage=true", "'Cats' is no container name")]
    [InlineData("azure:cats?connection=", "connection string")]
    [InlineData("azure:cats?connection=nonsense", "not one")]
    [InlineData("http://account.blob.core.windows.net/cats", "not https")]
    [InlineData("https://account.blob.core.windows.net/cats/more", "'more'")]
    [InlineData("https://account.blob.core.windows.net", "container name")]
    public void Open_WrongForm_SaysWhatIsWrong(string uri, string reason) =>
        Assert.Contains(reason, Assert.Throws<BlobStoreException>(() => BlobStores.Open(uri)).Message, StringComparison.Ordinal);

    [Fact]
    public void Fault_LongNames_AreRefusedAtTheirBounds()
    {
        var longest = string.Join('/', Enumerable.Repeat(new string('a', 255), 4));
        Assert.Null(BlobName.Fault(longest + "a"[..0]));
        Assert.Null(BlobName.Fault(string.Concat(Enumerable.Repeat("a/", 511)) + "aa"));
        Assert.Contains("1025 characters", BlobName.Fault(string.Concat(Enumerable.Repeat("a/", 512)) + "a"), StringComparison.Ordinal);
        Assert.Contains("256 bytes", BlobName.Fault(new string('ä', 128)), StringComparison.Ordinal);
        Assert.Contains("surrogate", BlobName.Fault("a\ud800b"), StringComparison.Ordinal);
        Assert.Null(BlobName.Fault("a/🐈"));
    }
}
