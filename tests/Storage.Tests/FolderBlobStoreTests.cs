using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Storage.Tests;

public sealed class FolderBlobStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ConditionalReplace_ProcessesKilledAndFrozen_LosesNothingAndGoesOn()
    {
        var store = Open();
        await store.WriteTextAsync("counter", "0", BlobCondition.IfAbsent, Ct);
        using var killed = new Hammer(_folder["store"]);
        using var frozen = new Hammer(_folder["store"]);
        using var steady = new Hammer(_folder["store"]);
        await Task.WhenAll(killed.HearAsync(5, Ct), frozen.HearAsync(5, Ct), steady.HearAsync(5, Ct));
        await killed.KillAsync(Ct);
        await frozen.SignalAsync("STOP", Ct);
        await steady.HearAsync(30, Ct);
        await frozen.SignalAsync("CONT", Ct);
        await frozen.HearAsync(5, Ct);
        await frozen.KillAsync(Ct);
        await steady.KillAsync(Ct);

        var acknowledged = killed.Acknowledged.Concat(frozen.Acknowledged).Concat(steady.Acknowledged).Order().ToList();
        var end = int.Parse((await store.ReadTextAsync("counter", Ct))!, CultureInfo.InvariantCulture);
        Assert.Equal(acknowledged, acknowledged.Distinct());
        // Each killed process may have written one value that it could not say any more.
        Assert.InRange(end, acknowledged[^1], acknowledged.Count + 3);
    }

    /// <summary>A process's own memory as a file: opening it works, and reading at 0 is the system's input/output error, as a disk gives it.</summary>
    [Fact]
    public async Task OpenReadAsync_DiskFailsWhileReading_SaysWhatOnWhatAndWhatToDo()
    {
        Directory.CreateDirectory(_folder["store/a"]);
        File.CreateSymbolicLink(_folder["store/a/x"], "/proc/self/mem");
        IBlobStore store = Open();
        var whole = await Assert.ThrowsAsync<BlobStoreException>(() => store.ReadBytesAsync("a/x", Ct));
        Assert.Contains($"could not read '{_folder["store/a/x"]}': Input/output error. The disk reports an error", whole.Message, StringComparison.Ordinal);
        await using var reading = await store.OpenReadAsync("a/x", Ct);
        Assert.Throws<BlobStoreException>(() => reading!.Content.ReadByte());
        await Assert.ThrowsAsync<BlobStoreException>(async () => await reading!.Content.ReadExactlyAsync(new byte[100_000], Ct));
    }

    [Fact]
    public async Task FirstWrite_LeftoversOfKilledWriters_AreRemovedWhenOld()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        var store = new FolderBlobStore(_folder["store"], time);
        await store.WriteTextAsync("x", "1", BlobCondition.Always, Ct);
        var (old, young) = (_folder["store/.tmp/old"], _folder["store/.tmp/young"]);
        await File.WriteAllTextAsync(old, "torn", Ct);
        await File.WriteAllTextAsync(young, "being written", Ct);
        File.SetLastWriteTimeUtc(old, time.GetUtcNow().UtcDateTime.AddHours(-25));
        File.SetLastWriteTimeUtc(young, time.GetUtcNow().UtcDateTime.AddHours(-23));
        await new FolderBlobStore(_folder["store"], time).WriteTextAsync("x", "2", BlobCondition.Always, Ct);
        Assert.Equal(["young"], Directory.GetFiles(_folder["store/.tmp"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task WriteAsync_SameInstantAndContent_ChangesTheVersion()
    {
        var store = new FolderBlobStore(_folder["store"], new FakeTimeProvider());
        var versions = new HashSet<BlobVersion>();
        for (var i = 0; i < 12; i++)
            Assert.True(versions.Add((await store.WriteTextAsync("x", "same", BlobCondition.Always, Ct))!.Value));
    }

    [Fact]
    public async Task GetLocalPath_PlainAndVersioned_IsTheFileWithTheContent()
    {
        var store = Open();
        Assert.Null(store.GetLocalPath("a/x"));
        var first = await store.WriteTextAsync("a/x", "one", BlobCondition.Always, Ct);
        Assert.Equal(_folder["store/a/x"], store.GetLocalPath("a/x"));
        await store.WriteTextAsync("a/x", "two", BlobCondition.IfVersion(first!.Value), Ct);
        Assert.Equal("two", await File.ReadAllTextAsync(store.GetLocalPath("a/x")!, Ct));
        await store.DeleteAsync("a/x", Ct);
        Assert.Null(store.GetLocalPath("a/x"));
    }

    [Fact]
    public async Task ConditionalReplace_OldContent_TakesNoSpaceAnyMore()
    {
        var store = Open();
        var version = await store.WriteBytesAsync("x", new byte[100_000], BlobCondition.Always, Ct);
        for (var i = 0; i < 20; i++)
            version = await store.WriteBytesAsync("x", new byte[100_000], BlobCondition.IfVersion(version!.Value), Ct);
        var files = new DirectoryInfo(_folder["store"]).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.LinkTarget is null);
        Assert.InRange(files.Sum(f => f.Length), 100_000, 110_000);
    }

    [Fact]
    public async Task WriteAsync_BelowABlob_IsRefusedWithTheReason()
    {
        var store = Open();
        var first = await store.WriteTextAsync("a", "one", BlobCondition.Always, Ct);
        Assert.Contains("'a' is a blob already", (await WriteFailsAsync(store, "a/b")).Message, StringComparison.Ordinal);
        await store.WriteTextAsync("a", "two", BlobCondition.IfVersion(first!.Value), Ct);
        Assert.Contains("'a' is a blob already", (await WriteFailsAsync(store, "a/b")).Message, StringComparison.Ordinal);
        await store.WriteTextAsync("c/d", "x", BlobCondition.Always, Ct);
        Assert.Contains("folder of other blobs", (await WriteFailsAsync(store, "c")).Message, StringComparison.Ordinal);
        Assert.Null(await store.ReadTextAsync("a/b", Ct));
        Assert.Null(await store.ReadTextAsync("c", Ct));
    }

    [Fact]
    public async Task WriteAsync_StoreCannotBeMade_SaysWhereAndWhatToDo()
    {
        await File.WriteAllTextAsync(_folder["file"], "", Ct);
        var thrown = await WriteFailsAsync(BlobStores.Open(_folder["file/store"]), "x");
        Assert.Contains(_folder["file/store"], thrown.Message, StringComparison.Ordinal);
        Assert.Contains("--store", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28, "Free some space")]
    [InlineData(30, "read-only")]
    [InlineData(13, "right to write")]
    [InlineData(24, "ulimit")]
    public void Check_SystemError_NamesThePathAndTheCure(int error, string cure)
    {
        var thrown = Assert.Throws<BlobStoreException>(() => FolderError.Check(error, "write", "/store/a/x"));
        Assert.Contains("'/store/a/x'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(cure, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAsync_ForeignFiles_AreNotBlobs()
    {
        var store = Open();
        await store.WriteTextAsync("a/x", "one", BlobCondition.Always, Ct);
        await File.WriteAllTextAsync(_folder["store/a/.hidden"], "", Ct);
        await File.WriteAllTextAsync(_folder["store/a/line\nend"], "", Ct);
        Assert.Equal(["a/x"], await NamesAsync(store));
    }

    /// <summary>Any row of operations, some through versions that were seen long ago, against a dictionary.</summary>
    [Fact]
    public void AllOperations_AnyOrder_AgreeWithADictionary()
    {
        var operation = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[0, 1000]);
        operation.List[1, 25].Sample(
            operations =>
            {
                using var folder = new TemporaryFolder();
                PlayAsync(new FolderBlobStore(folder["store"], TimeProvider.System), operations).GetAwaiter().GetResult();
            },
            iter: 60, seed: "0000KOIXF1l1", threads: 2);
    }

    private static async Task PlayAsync(FolderBlobStore store, List<(int Kind, int Name, int Lot)> operations)
    {
        var there = new Dictionary<string, (string Text, BlobVersion Version)>();
        var seen = new List<BlobVersion> { new("1-1-1-1") };
        foreach (var (kind, which, lot) in operations)
        {
            var name = which == 0 ? "x" : "f/y";
            var text = lot.ToString(CultureInfo.InvariantCulture);
            var asked = kind == 3 && there.TryGetValue(name, out var known) ? known.Version : seen[lot % seen.Count];
            var condition = kind switch { 0 => BlobCondition.Always, 1 => BlobCondition.IfAbsent, _ => BlobCondition.IfVersion(asked) };
            if (kind == 5)
            {
                Assert.Equal(there.Remove(name), await store.DeleteAsync(name, Ct));
            }
            else
            {
                var may = kind switch { 0 => true, 1 => !there.ContainsKey(name), _ => there.TryGetValue(name, out var now) && now.Version == asked };
                var version = await store.WriteTextAsync(name, text, condition, Ct);
                Assert.Equal(may, version is not null);
                if (version is { } written)
                {
                    there[name] = (text, written);
                    seen.Add(written);
                }
            }
            Assert.Equal(there.TryGetValue(name, out var expected) ? expected.Text : null, await store.ReadTextAsync(name, Ct));
            Assert.Equal(there.Keys.Order(StringComparer.Ordinal), await NamesAsync(store));
        }
    }

    private static async Task<List<string>> NamesAsync(FolderBlobStore store)
    {
        var names = new List<string>();
        await foreach (var blob in store.ListAsync("", Ct))
            names.Add(blob.Name);
        return names;
    }

    private static Task<BlobStoreException> WriteFailsAsync(IBlobStore store, string name) =>
        Assert.ThrowsAsync<BlobStoreException>(() => store.WriteTextAsync(name, "x", BlobCondition.Always, Ct));

    private FolderBlobStore Open() => (FolderBlobStore)BlobStores.Open("file:" + _folder["store"]);
}
