using Azure.Storage.Blobs;
using CatGan.Cluster.Tests.Harness;

namespace CatGan.Storage.Tests;

public sealed class AzureBlobStoreContractTests(Azurite azurite) : BlobStoreContract, IAsyncLifetime
{
    private readonly string _container = "test-" + Guid.NewGuid().ToString("n");
    private string _uri = "";

    protected override IBlobStore Store => Another();

    public async ValueTask InitializeAsync() => _uri = Azurite.Uri(_container, await azurite.PortAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Uri_WithAConnectionString_ShowsNoSecret() => Assert.Equal("azure:" + _container, Store.Uri);

    [Fact]
    public async Task WriteAsync_AnotherWriterSweptTheStagedBlocks_WritesAgain()
    {
        var ct = TestContext.Current.CancellationToken;
        var calls = 0;
        var large = new byte[9 << 20];
        var version = await Store.WriteAsync("x", async (stream, token) =>
        {
            await stream.WriteAsync(large, token); // Two blocks are staged by now.
            if (calls++ == 0)
                await Another().WriteBytesAsync("x", new byte[6 << 20], BlobCondition.Always, token);
        }, BlobCondition.Always, ct);
        Assert.Equal(2, calls);
        Assert.Equal(large.Length, (await Store.GetInfoAsync("x", ct))!.Length);
        Assert.Equal(version, (await Store.GetInfoAsync("x", ct))!.Version);
    }

    [Fact]
    public async Task WriteAsync_WrongKey_SaysWhatToDo()
    {
        var wrong = BlobStores.Open(_uri.Replace("AccountKey=Eby8", "AccountKey=Abcd", StringComparison.Ordinal));
        var thrown = await Assert.ThrowsAsync<BlobStoreException>(() => wrong.WriteTextAsync("x", "y", BlobCondition.Always, TestContext.Current.CancellationToken));
        Assert.Contains("'x'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("key", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Abcd", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5_000_000)]
    public async Task WriteAsync_AnswerLost_KnowsItsOwnWrite(int length)
    {
        var ct = TestContext.Current.CancellationToken;
        await Store.WriteTextAsync("other", "makes the container", BlobCondition.Always, ct);
        using var transport = new AnswerLosingTransport();
        var options = new BlobClientOptions { Transport = transport };
        var store = await OpenAsync(options);

        var first = await store.WriteBytesAsync("x", new byte[length], BlobCondition.IfAbsent, ct);
        Assert.Equal(1, transport.Lost);
        Assert.Equal((await Store.GetInfoAsync("x", ct))!.Version, first);
        Assert.Null(await store.WriteBytesAsync("x", new byte[length], BlobCondition.IfAbsent, ct));

        transport.Lost = 0;
        var second = await store.WriteBytesAsync("x", new byte[length], BlobCondition.IfVersion(first!.Value), ct);
        Assert.Equal(1, transport.Lost);
        Assert.Equal((await Store.GetInfoAsync("x", ct))!.Version, second);
    }

    [Fact]
    public async Task OpenRangeAsync_TheEndOfMuch_MovesNoMoreThanThat()
    {
        var ct = TestContext.Current.CancellationToken;
        await Store.WriteBytesAsync("x", new byte[9 << 20], BlobCondition.Always, ct);
        using var transport = new CountingTransport();
        var store = await OpenAsync(new BlobClientOptions { Transport = transport });
        await using var part = await ((IBlobStore)store).OpenRangeAsync("x", (9 << 20) - 100, null, null, ct);
        Assert.Equal(100, await part!.Content.ReadAtLeastAsync(new byte[200], 200, throwOnEndOfStream: false, ct));
        Assert.Equal(("bytes=9437084-", 100L), (Assert.Single(transport.Ranges), transport.Bytes));
    }

    [Fact]
    public async Task Listings_OverSeveralPages_NameEverythingOnceAndInOrder()
    {
        var ct = TestContext.Current.CancellationToken;
        string[] names = [.. Enumerable.Range(0, 23).Select(i => $"s/{i / 3:D2}/{i % 3}"), "s-1", "t"];
        await Parallel.ForEachAsync(names, ct, async (name, token) => await Store.WriteTextAsync(name, "x", BlobCondition.Always, token));
        using var transport = new CountingTransport();
        var store = new AzureBlobStore(new BlobContainerClient(Azurite.Connection(await azurite.PortAsync()), _container, new BlobClientOptions { Transport = transport }), "azure:test") { PageSize = 4 };
        Assert.Equal(names.Order(StringComparer.Ordinal), await store.ListAsync("", ct).Select(b => b.Name).ToListAsync(ct));
        Assert.True(transport.Requests >= 7, $"{transport.Requests} requests");
        Assert.Equal(names.Where(n => n.StartsWith("s/0", StringComparison.Ordinal)), await store.ListAsync("s/0", ct).Select(b => b.Name).ToListAsync(ct));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i:D2}"), await store.ListFoldersAsync("s/", ct).ToListAsync(ct));
        Assert.Equal(["s"], await store.ListFoldersAsync("", ct).ToListAsync(ct));
    }

    private async Task<AzureBlobStore> OpenAsync(BlobClientOptions options) => new(new BlobContainerClient(Azurite.Connection(await azurite.PortAsync()), _container, options), "azure:test");

    protected override IBlobStore Another() => BlobStores.Open(_uri);
}
