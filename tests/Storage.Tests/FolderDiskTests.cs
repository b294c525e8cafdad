using CatGan.Cluster.Tests.Harness;

namespace CatGan.Storage.Tests;

/// <summary>The folder store on a disk that is full, or that nobody may write to.</summary>
public sealed class FolderDiskTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>
    /// 100 bytes fit into a buffer and fail when it is flushed, which closing a file does once more; 1 MiB fails while it is
    /// written; a new folder fails when it is made or, where there is room for that, as the others.
    /// </summary>
    [Theory]
    [InlineData("small", 100)]
    [InlineData("large", 1 << 20)]
    [InlineData("new/folder", 100)]
    public async Task WriteAsync_DiskFull_SaysWhatOnWhatAndWhatToDoAndGoesOnWhenThereIsRoom(string name, int bytes)
    {
        using var disk = await MountAsync();
        var store = BlobStores.Open(disk.Outside);
        var before = await store.WriteTextAsync("small", "before", BlobCondition.IfAbsent, Ct);
        disk.Fill();

        var thrown = await WriteFailsAsync(store, name, bytes);
        Assert.Contains(Path.Combine(disk.Outside, name), thrown.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device. Free some space", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("go on by themselves when there is room", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(disk.Outside, ".tmp")));
        Assert.Equal("before", await store.ReadTextAsync("small", Ct));

        disk.Empty();
        var condition = name == "small" ? BlobCondition.IfVersion(before!.Value) : BlobCondition.IfAbsent;
        Assert.NotNull(await store.WriteBytesAsync(name, new byte[bytes], condition, Ct));
    }

    [Fact]
    public async Task ConditionalReplace_DiskFull_SaysWhatToDoAndLosesNothing()
    {
        using var disk = await MountAsync();
        var store = BlobStores.Open(disk.Outside);
        var version = await store.WriteTextAsync("x", "one", BlobCondition.IfAbsent, Ct);
        disk.Fill();
        var thrown = await Assert.ThrowsAsync<BlobStoreException>(() => store.WriteTextAsync("x", "two", BlobCondition.IfVersion(version!.Value), Ct));
        Assert.Contains("Free some space", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("one", await store.ReadTextAsync("x", Ct));
        disk.Empty();
        Assert.NotNull(await store.WriteTextAsync("x", "two", BlobCondition.IfVersion(version!.Value), Ct));
    }

    [Fact]
    public async Task WriteAsync_ReadOnly_SaysSoAndWhatToDo()
    {
        using var disk = await MountAsync();
        var store = BlobStores.Open(disk.Outside);
        await store.WriteTextAsync("x", "one", BlobCondition.IfAbsent, Ct);
        disk.MakeReadOnly();
        var thrown = await WriteFailsAsync(store, "y", 100);
        Assert.Contains($"could not write '{Path.Combine(disk.Outside, "y")}': Read-only file system.", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("mount it writable", thrown.Message, StringComparison.Ordinal);
        disk.MakeWritable();
        Assert.NotNull(await store.WriteTextAsync("y", "two", BlobCondition.IfAbsent, Ct));
    }

    private static Task<SmallDisk> MountAsync() => SmallDisk.MountAsync(Directory.CreateTempSubdirectory("catgan-disk-").FullName, megabytes: 4);

    private static Task<BlobStoreException> WriteFailsAsync(IBlobStore store, string name, int bytes) =>
        Assert.ThrowsAsync<BlobStoreException>(() => store.WriteBytesAsync(name, new byte[bytes], BlobCondition.Always, Ct));
}
