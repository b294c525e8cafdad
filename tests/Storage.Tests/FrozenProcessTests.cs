namespace CatGan.Storage.Tests;

/// <summary>
/// A process may freeze before any step and wake when others have gone on. Here "others" act while one store
/// stands before a step.
/// </summary>
public sealed class FrozenProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderBlobStore _others;

    public FrozenProcessTests() => _others = new FolderBlobStore(_folder["store"], TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ConditionalReplace_FrozenBeforeItsLink_IsRefusedForEver()
    {
        var first = await WriteAsync("one", BlobCondition.IfAbsent);
        var second = await WriteAsync("two", BlobCondition.IfVersion(first));
        var sleeper = Frozen("append", async () =>
        {
            var version = second;
            for (var i = 0; i < 5; i++)
                version = await WriteAsync($"others {i}", BlobCondition.IfVersion(version));
            await _others.DeleteAsync("x", Ct);
            await WriteAsync("last", BlobCondition.IfAbsent);
        });
        Assert.Null(await sleeper.WriteTextAsync("x", "sleeper", BlobCondition.IfVersion(second), Ct));
        Assert.Equal("last", await _others.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task ConditionalReplace_FrozenBeforeTheBlobBecomesVersioned_IsRefused()
    {
        var first = await WriteAsync("one", BlobCondition.IfAbsent);
        var sleeper = Frozen("swap", async () => await WriteAsync("others", BlobCondition.IfVersion(first)));
        Assert.Null(await sleeper.WriteTextAsync("x", "sleeper", BlobCondition.IfVersion(first), Ct));
        Assert.Equal("others", await _others.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task ConditionalReplace_PlainBlobOverwrittenMeanwhile_IsRefused()
    {
        var first = await WriteAsync("one", BlobCondition.IfAbsent);
        var sleeper = Frozen("swap", async () => await WriteAsync("others", BlobCondition.Always));
        Assert.Null(await sleeper.WriteTextAsync("x", "sleeper", BlobCondition.IfVersion(first), Ct));
        Assert.Equal("others", await _others.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task ConditionalReplace_BlobDeletedMeanwhile_IsRefused()
    {
        var first = await WriteAsync("one", BlobCondition.IfAbsent);
        var sleeper = Frozen("swap", async () => await _others.DeleteAsync("x", Ct));
        Assert.Null(await sleeper.WriteTextAsync("x", "sleeper", BlobCondition.IfVersion(first), Ct));
        Assert.Null(await _others.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task ConditionalReplace_NameBecameAFolderMeanwhile_LeavesTheFolder()
    {
        var first = await WriteAsync("one", BlobCondition.IfAbsent);
        var sleeper = Frozen("swap", async () =>
        {
            await _others.DeleteAsync("x", Ct);
            await _others.WriteTextAsync("x/below", "mine", BlobCondition.Always, Ct);
        });
        Assert.Null(await sleeper.WriteTextAsync("x", "sleeper", BlobCondition.IfVersion(first), Ct));
        Assert.Equal("mine", await _others.ReadTextAsync("x/below", Ct));
    }

    [Fact]
    public async Task ConditionalReplace_KilledRightAfterTheSwap_OthersFinishIt()
    {
        var first = await WriteAsync("one", BlobCondition.IfAbsent);
        var killed = Frozen("adopt", () => throw new InvalidOperationException("killed"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => killed.WriteTextAsync("x", "killed", BlobCondition.IfVersion(first), Ct));
        Assert.Equal("one", await _others.ReadTextAsync("x", Ct));
        Assert.Equal(first, (await _others.GetInfoAsync("x", Ct))!.Version);
        await WriteAsync("two", BlobCondition.IfVersion(first));
        Assert.Equal("two", await _others.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task Overwrite_FrozenWhileTheBlobBecameVersioned_IsTheNewestVersion()
    {
        var first = await WriteAsync("one", BlobCondition.IfAbsent);
        BlobVersion others = default;
        var sleeper = Frozen("rename", async () => others = await WriteAsync("others", BlobCondition.IfVersion(first)));
        var written = await sleeper.WriteTextAsync("x", "sleeper", BlobCondition.Always, Ct);
        Assert.Equal("sleeper", await _others.ReadTextAsync("x", Ct));
        Assert.Null(await _others.WriteTextAsync("x", "no", BlobCondition.IfVersion(others), Ct));
        await WriteAsync("yes", BlobCondition.IfVersion(written!.Value));
    }

    [Fact]
    public async Task CreateIfAbsent_FrozenWhileAnotherCreatedAndReplaced_IsRefused()
    {
        var sleeper = Frozen("link", async () =>
        {
            var first = await WriteAsync("one", BlobCondition.IfAbsent);
            await WriteAsync("two", BlobCondition.IfVersion(first));
        });
        Assert.Null(await sleeper.WriteTextAsync("x", "sleeper", BlobCondition.IfAbsent, Ct));
        Assert.Equal("two", await _others.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task Delete_FrozenWhileTheBlobBecameVersioned_DeletesIt()
    {
        var first = await WriteAsync("one", BlobCondition.IfAbsent);
        var sleeper = Frozen("unlink", async () => await WriteAsync("two", BlobCondition.IfVersion(first)));
        Assert.True(await sleeper.DeleteAsync("x", Ct));
        Assert.Null(await _others.ReadTextAsync("x", Ct));
        await WriteAsync("three", BlobCondition.IfAbsent);
    }

    [Fact]
    public async Task Delete_FrozenBeforeItsMarkerWhileReplaced_DeletesTheNewest()
    {
        var first = await WriteAsync("one", BlobCondition.IfAbsent);
        var second = await WriteAsync("two", BlobCondition.IfVersion(first));
        var sleeper = Frozen("delete", async () => await WriteAsync("three", BlobCondition.IfVersion(second)));
        Assert.True(await sleeper.DeleteAsync("x", Ct));
        Assert.Null(await _others.ReadTextAsync("x", Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_FrozenWhileTheBlobIsReplaced_GivesTheNewContent(bool versioned)
    {
        var version = await WriteAsync("one", BlobCondition.IfAbsent);
        if (versioned)
            version = await WriteAsync("two", BlobCondition.IfVersion(version));
        var sleeper = Frozen("open", async () => await WriteAsync("new", BlobCondition.IfVersion(version)));
        Assert.Equal("new", await sleeper.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task Read_FrozenWhileTheBlobIsDeleted_GivesNothing()
    {
        var first = await WriteAsync("one", BlobCondition.IfAbsent);
        await WriteAsync("two", BlobCondition.IfVersion(first));
        var sleeper = Frozen("open", async () => await _others.DeleteAsync("x", Ct));
        Assert.Null(await sleeper.ReadTextAsync("x", Ct));
    }

    private async Task<BlobVersion> WriteAsync(string text, BlobCondition condition)
    {
        var version = await _others.WriteTextAsync("x", text, condition, Ct);
        Assert.NotNull(version);
        return version.Value;
    }

    /// <summary>A store that stands once before a step until the others are done.</summary>
    private FolderBlobStore Frozen(string step, Func<Task> others)
    {
        var met = 0;
        return new FolderBlobStore(_folder["store"], TimeProvider.System)
        {
            Step = reached =>
            {
                if (reached == step && Interlocked.Exchange(ref met, 1) == 0)
                    Task.Run(others).GetAwaiter().GetResult();
            },
        };
    }
}
