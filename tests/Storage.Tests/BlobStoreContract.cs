using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace CatGan.Storage.Tests;

/// <summary>What every blob store must do; each store inherits it.</summary>
public abstract class BlobStoreContract
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A store of its own for each test.</summary>
    protected abstract IBlobStore Store { get; }

    /// <summary>Another client of the same store, as another process would have.</summary>
    protected abstract IBlobStore Another();

    [Fact]
    public async Task OpenReadAsync_NothingThere_ReturnsNull()
    {
        Assert.Null(await Store.OpenReadAsync("a/b", Ct));
        Assert.Null(await Store.GetInfoAsync("a/b", Ct));
        Assert.False(await Store.DeleteAsync("a/b", Ct));
        Assert.Empty(await ListAsync(""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(9_000_001)]
    public async Task WriteAsync_AnyLength_ReadsBackTheSame(int length)
    {
        var content = new byte[length];
        new Random(7).NextBytes(content);
        var version = await Store.WriteAsync("a/b.bin", async (stream, ct) =>
        {
            for (var at = 0; at < length; at += 1_000_000)
                await stream.WriteAsync(content.AsMemory(at, Math.Min(1_000_000, length - at)), ct);
        }, BlobCondition.Always, Ct);

        await using var reading = await Another().OpenReadAsync("a/b.bin", Ct);
        Assert.NotNull(reading);
        using var buffer = new MemoryStream();
        await reading.Content.CopyToAsync(buffer, Ct);
        Assert.Equal(content, buffer.ToArray());
        Assert.Equal(length, reading.Info.Length);
        Assert.Equal(version, reading.Info.Version);
        Assert.Equal(reading.Info, await Store.GetInfoAsync("a/b.bin", Ct));
        Assert.Equal([reading.Info], await ListAsync("a/"));
    }

    [Theory]
    [InlineData(0, null, "0123456789")]
    [InlineData(0, 10L, "0123456789")]
    [InlineData(0, 1L, "0")]
    [InlineData(3, 4L, "3456")]
    [InlineData(7, 3L, "789")]
    [InlineData(7, 4L, "789")]
    [InlineData(7, null, "789")]
    [InlineData(9, long.MaxValue, "9")]
    [InlineData(10, null, "")]
    [InlineData(10, 1L, "")]
    [InlineData(11, 5L, "")]
    [InlineData(1L << 40, null, "")]
    [InlineData(4, 0L, "")]
    [InlineData(400, 0L, "")]
    public async Task OpenRangeAsync_AnyBounds_GivesThatPartAndTheWholesInfo(long offset, long? length, string expected)
    {
        await Store.WriteTextAsync("a/x", "0123456789", BlobCondition.Always, Ct);
        var info = await Store.GetInfoAsync("a/x", Ct);
        foreach (var version in new[] { default(BlobVersion?), info!.Version })
        {
            await using var part = await Another().OpenRangeAsync("a/x", offset, length, version, Ct);
            using var reader = new StreamReader(part!.Content);
            Assert.Equal(expected, await reader.ReadToEndAsync(Ct));
            Assert.Equal(info, part.Info);
        }
    }

    [Fact]
    public async Task OpenRangeAsync_EmptyBlob_GivesNothingOfIt()
    {
        await Store.WriteTextAsync("x", "", BlobCondition.Always, Ct);
        foreach (var length in new long?[] { null, 0, 5 })
        {
            await using var part = await Store.OpenRangeAsync("x", 0, length, null, Ct);
            Assert.Equal(0, part!.Info.Length);
            Assert.Equal(0, await part.Content.ReadAsync(new byte[1], Ct));
        }
    }

    [Fact]
    public async Task OpenRangeAsync_NothingThere_ReturnsNull()
    {
        var gone = await Store.WriteTextAsync("gone", "x", BlobCondition.Always, Ct);
        await Store.DeleteAsync("gone", Ct);
        foreach (var length in new long?[] { null, 0, 5 })
        {
            Assert.Null(await Store.OpenRangeAsync("nothing", 0, length, null, Ct));
            Assert.Null(await Store.OpenRangeAsync("gone", 0, length, gone, Ct));
        }
    }

    [Fact]
    public async Task OpenRangeAsync_ReplacedBetweenTwoParts_GivesNoPartOfAnotherBlob()
    {
        var first = await Store.WriteTextAsync("x", "old content", BlobCondition.Always, Ct);
        await using var begun = await Store.OpenRangeAsync("x", 0, 4, first, Ct);
        await Another().WriteTextAsync("x", "new and longer content", BlobCondition.IfVersion(first!.Value), Ct);
        foreach (var (offset, length) in new (long, long?)[] { (4, 4), (4, null), (4, 0), (1000, 4) })
            Assert.Null(await Store.OpenRangeAsync("x", offset, length, first, Ct));
        using var reader = new StreamReader(begun!.Content);
        Assert.Equal("old ", await reader.ReadToEndAsync(Ct));
        await using var now = await Store.OpenRangeAsync("x", 4, 3, null, Ct);
        using var after = new StreamReader(now!.Content);
        Assert.Equal("and", await after.ReadToEndAsync(Ct));
    }

    [Fact]
    public async Task OpenRangeAsync_OfMuch_GivesExactlyThatPart()
    {
        var content = new byte[9_000_001];
        new Random(7).NextBytes(content);
        await Store.WriteBytesAsync("x", content, BlobCondition.Always, Ct);
        foreach (var (offset, length) in new[] { (0, 9_000_001), (4_000_000, 4_500_000), (8_999_999, 2), (1, 8_999_999) })
        {
            await using var part = await Store.OpenRangeAsync("x", offset, length, null, Ct);
            using var buffer = new MemoryStream();
            await part!.Content.CopyToAsync(buffer, Ct);
            Assert.Equal(content[offset..(offset + length)], buffer.ToArray());
        }
    }

    [Fact]
    public async Task OpenRangeAsync_BelowZero_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.OpenRangeAsync("x", -1, 4, null, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.OpenRangeAsync("x", 4, -1, null, Ct));
    }

    [Fact]
    public async Task ListFoldersAsync_BlobsAtManyDepths_NamesEachFolderOnceAndNoBlob()
    {
        foreach (var name in (string[])["a/one", "a/two/deep", "a-b/x", "plain", "sweeps/s-1/spec.yaml", "sweeps/s-1/journal/1", "sweeps/s-2/spec.yaml", "sweeps/file"])
            await Store.WriteTextAsync(name, "x", BlobCondition.Always, Ct);
        Assert.Equal(["a", "a-b", "sweeps"], await Store.ListFoldersAsync("", Ct).Order(StringComparer.Ordinal).ToListAsync(Ct));
        Assert.Equal(["s-1", "s-2"], await Another().ListFoldersAsync("sweeps/", Ct).ToListAsync(Ct));
        Assert.Equal(["two"], await Store.ListFoldersAsync("a/", Ct).ToListAsync(Ct));
        Assert.Empty(await Store.ListFoldersAsync("nothing/", Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task WriteAsync_IfAbsent_OnlyTheFirstWins()
    {
        Assert.NotNull(await Store.WriteTextAsync("x", "one", BlobCondition.IfAbsent, Ct));
        Assert.Null(await Another().WriteTextAsync("x", "two", BlobCondition.IfAbsent, Ct));
        Assert.Equal("one", await Store.ReadTextAsync("x", Ct));
        Assert.True(await Store.DeleteAsync("x", Ct));
        Assert.NotNull(await Store.WriteTextAsync("x", "three", BlobCondition.IfAbsent, Ct));
    }

    [Fact]
    public async Task WriteAsync_IfAbsentLargerThanABlock_OnlyTheFirstWins()
    {
        var large = new byte[5 << 20];
        Assert.NotNull(await Store.WriteBytesAsync("x", large, BlobCondition.IfAbsent, Ct));
        large[0] = 1;
        Assert.Null(await Store.WriteBytesAsync("x", large, BlobCondition.IfAbsent, Ct));
        Assert.Equal(0, (await Store.ReadBytesAsync("x", Ct))![0]);
    }

    [Fact]
    public async Task WriteAsync_IfAbsentByManyAtOnce_ExactlyOneWins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Another().WriteTextAsync("x", Text(i), BlobCondition.IfAbsent, Ct))));
        var winner = Assert.Single(Enumerable.Range(0, 16), i => results[i] is not null);
        Assert.Equal(Text(winner), await Store.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task WriteAsync_IfVersion_OnlyOverThatVersion()
    {
        var first = await Store.WriteTextAsync("x", "one", BlobCondition.Always, Ct);
        var second = await Store.WriteTextAsync("x", "two", BlobCondition.IfVersion(first!.Value), Ct);
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Null(await Another().WriteTextAsync("x", "three", BlobCondition.IfVersion(first.Value), Ct));
        Assert.Equal("two", await Another().ReadTextAsync("x", Ct));
        Assert.Equal(second, (await Another().GetInfoAsync("x", Ct))!.Version);
        Assert.NotNull(await Another().WriteTextAsync("x", "three", BlobCondition.IfVersion(second.Value), Ct));
        Assert.Equal("three", await Store.ReadTextAsync("x", Ct));
        Assert.Equal(["x"], await NamesAsync(""));
    }

    [Fact]
    public async Task WriteAsync_IfVersionWhereNothingIs_ReturnsNull()
    {
        var first = await Store.WriteTextAsync("x", "one", BlobCondition.Always, Ct);
        await Store.DeleteAsync("x", Ct);
        Assert.Null(await Store.WriteTextAsync("x", "two", BlobCondition.IfVersion(first!.Value), Ct));
        Assert.Null(await Store.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task AllOperations_AfterAConditionalReplace_WorkAsBefore()
    {
        var first = await Store.WriteTextAsync("s/x", "one", BlobCondition.IfAbsent, Ct);
        var second = await Store.WriteTextAsync("s/x", "two", BlobCondition.IfVersion(first!.Value), Ct);
        Assert.Null(await Store.WriteTextAsync("s/x", "no", BlobCondition.IfAbsent, Ct));
        var third = await Store.WriteTextAsync("s/x", "three", BlobCondition.Always, Ct);
        Assert.NotEqual(second, third);
        Assert.Equal("three", await Another().ReadTextAsync("s/x", Ct));
        Assert.Equal(5, Assert.Single(await ListAsync("s/")).Length);
        Assert.True(await Store.DeleteAsync("s/x", Ct));
        Assert.False(await Another().DeleteAsync("s/x", Ct));
        Assert.Empty(await ListAsync(""));
        Assert.Null(await Another().ReadTextAsync("s/x", Ct));
        Assert.Null(await Store.WriteTextAsync("s/x", "no", BlobCondition.IfVersion(third!.Value), Ct));
        Assert.NotNull(await Store.WriteTextAsync("s/x", "four", BlobCondition.IfAbsent, Ct));
        Assert.Equal("four", await Another().ReadTextAsync("s/x", Ct));
    }

    [Fact]
    public async Task WriteAsync_IncrementsByManyAtOnce_LoseNothing()
    {
        const int Writers = 8, Each = 12;
        await Store.WriteTextAsync("counter", "0", BlobCondition.IfAbsent, Ct);
        var seen = new ConcurrentBag<int>();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            var store = Another();
            for (var i = 0; i < Each; i++)
                seen.Add(await IncrementAsync(store, "counter", Ct));
        })));
        Assert.Equal(Text(Writers * Each), await Store.ReadTextAsync("counter", Ct));
        Assert.Equal(Enumerable.Range(1, Writers * Each), seen.Order());
    }

    [Fact]
    public async Task WriteAsync_EveryWrite_ChangesTheVersion()
    {
        var versions = new HashSet<BlobVersion>();
        for (var i = 0; i < 20; i++)
            Assert.True(versions.Add((await Store.WriteTextAsync("x", "same", BlobCondition.Always, Ct))!.Value));
    }

    [Fact]
    public async Task WriteAsync_WriterThrows_LeavesWhatWasThere()
    {
        await Store.WriteTextAsync("x", "one", BlobCondition.Always, Ct);
        foreach (var name in new[] { "x", "y" })
        {
            var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync(name, async (stream, ct) =>
            {
                await stream.WriteAsync(new byte[5_000_000], ct);
                throw new InvalidDataException("mine");
            }, BlobCondition.Always, Ct));
            Assert.Equal("mine", thrown.Message);
        }
        Assert.Equal("one", await Store.ReadTextAsync("x", Ct));
        Assert.Equal(["x"], await NamesAsync(""));
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesWhatWasThere()
    {
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync("x", async (stream, ct) =>
        {
            await stream.WriteAsync(new byte[100], ct);
            await source.CancelAsync();
        }, BlobCondition.Always, source.Token));
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task EveryOperation_CancelledBefore_Throws()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Store.WriteTextAsync("x", "one", BlobCondition.Always, Ct);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.OpenReadAsync("x", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.OpenRangeAsync("x", 0, 1, null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.GetInfoAsync("x", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.DeleteAsync("x", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteTextAsync("x", "two", BlobCondition.Always, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ListAsync("", cancelled).GetAsyncEnumerator(cancelled).MoveNextAsync());
        Assert.Equal("one", await Store.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task WriteAsync_WriterClosesTheStream_StillWrites()
    {
        await Store.WriteAsync("x", async (stream, ct) =>
        {
            await using var text = new StreamWriter(stream, Encoding.UTF8);
            await text.WriteAsync("Katze");
        }, BlobCondition.Always, Ct);
        Assert.EndsWith("Katze", await Store.ReadTextAsync("x", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenReadAsync_ReplacedWhileReading_GoesOnWithTheOldContent()
    {
        await Store.WriteTextAsync("x", "old", BlobCondition.Always, Ct);
        await using var reading = await Store.OpenReadAsync("x", Ct);
        await Another().WriteTextAsync("x", "new", BlobCondition.Always, Ct);
        using var reader = new StreamReader(reading!.Content);
        Assert.Equal("old", await reader.ReadToEndAsync(Ct));
        Assert.Equal("new", await Store.ReadTextAsync("x", Ct));
    }

    [Fact]
    public async Task ListAsync_AnyPrefix_GivesOrdinalOrder()
    {
        string[] names = ["a", "a-b", "b/1", "b/10", "b/2", "b-c/x", "b/c/d", "b.x", "B/z", "ä/ö", "with space/100% #?"];
        foreach (var name in names)
            await Store.WriteTextAsync(name, name, BlobCondition.Always, Ct);
        Array.Sort(names, string.CompareOrdinal);
        foreach (var prefix in new[] { "", "b", "b/", "b/1", "b/c/d", "a", "zz", "b/c/d/e", "/", "../", ".", "ä", "with space/100% #" })
            Assert.Equal(names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)), await NamesAsync(prefix));
        foreach (var name in names)
            Assert.Equal(name, await Another().ReadTextAsync(name, Ct));
    }

    [Fact]
    public async Task ListAsync_WhileOthersWriteAndDelete_GivesWhatStays()
    {
        for (var i = 0; i < 40; i++)
            await Store.WriteTextAsync($"stays/{Text(i)}", "x", BlobCondition.Always, Ct);
        var busy = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await Another().WriteTextAsync($"comes/{Text(i)}", "x", BlobCondition.Always, Ct);
                await Another().DeleteAsync($"comes/{Text(i)}", Ct);
            }
        }, Ct);
        do
            Assert.Equal(40, (await NamesAsync("")).Count(n => n.StartsWith("stays/", StringComparison.Ordinal)));
        while (!busy.IsCompleted);
        await busy;
    }

    [Theory]
    [InlineData("../x", "'..'")]
    [InlineData("a/../x", "'..'")]
    [InlineData("a/./x", "'.'")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("a//b", "empty segment")]
    [InlineData("a/", "empty segment")]
    [InlineData("", "empty")]
    [InlineData("a\\b", "backslash")]
    [InlineData("a\0b", "U+0000")]
    [InlineData("a\nb", "U+000A")]
    [InlineData("a\u0085b", "U+0085")]
    [InlineData(".tmp/x", "dot")]
    [InlineData(".versions/x", "dot")]
    [InlineData("a/.versioned", "dot")]
    public async Task EveryOperation_ForbiddenName_IsRefusedWithTheReason(string name, string reason)
    {
        Func<Task>[] operations =
        [
            () => Store.OpenReadAsync(name, Ct),
            () => Store.OpenRangeAsync(name, 0, 1, null, Ct),
            () => Store.GetInfoAsync(name, Ct),
            () => Store.DeleteAsync(name, Ct),
            () => Store.WriteTextAsync(name, "x", BlobCondition.Always, Ct),
            () => Store.WriteTextAsync(name, "x", BlobCondition.IfVersion(new BlobVersion("1-2-3")), Ct),
        ];
        foreach (var operation in operations)
            Assert.Contains(reason, (await Assert.ThrowsAsync<BlobStoreException>(operation)).Message, StringComparison.Ordinal);
    }

    internal static async Task<int> IncrementAsync(IBlobStore store, string name, CancellationToken ct)
    {
        for (; ; )
        {
            await using var reading = await store.OpenReadAsync(name, ct);
            using var reader = new StreamReader(reading!.Content);
            var next = int.Parse(await reader.ReadToEndAsync(ct), CultureInfo.InvariantCulture) + 1;
            if (await store.WriteTextAsync(name, Text(next), BlobCondition.IfVersion(reading.Info.Version), ct) is not null)
                return next;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<List<BlobInfo>> ListAsync(string prefix)
    {
        var list = new List<BlobInfo>();
        await foreach (var blob in Store.ListAsync(prefix, Ct))
            list.Add(blob);
        return list;
    }

    private async Task<List<string>> NamesAsync(string prefix) => [.. (await ListAsync(prefix)).Select(b => b.Name)];
}
