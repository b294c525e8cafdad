using System.Globalization;
using System.Text;
using CsCheck;

namespace CatGan.Storage.Tests;

public sealed class JournalTests : IDisposable
{
    private const string Prefix = "sweeps/s/journal/";
    private readonly TemporaryFolder _folder = new();
    private readonly IBlobStore _store;
    private readonly Journal _journal;

    public JournalTests()
    {
        _store = BlobStores.Open(_folder["store"]);
        _journal = new Journal(_store, Prefix);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_NothingWritten_IsEmpty()
    {
        var replay = await _journal.ReadAsync(Ct);
        Assert.Null(replay.Snapshot);
        Assert.Empty(replay.Batches);
        Assert.Equal(0, replay.LastSequence);
    }

    [Fact]
    public async Task ReadAsync_BatchesAndSnapshot_GivesStateAndLaterBatches()
    {
        await AppendAsync(1, 30);
        Assert.Equal(30, (await _journal.ReadAsync(Ct)).Batches.Count);
        await SnapshotAsync(25);
        var replay = await _journal.ReadAsync(Ct);
        Assert.Equal("state 25", Encoding.UTF8.GetString(replay.Snapshot!.Value.Span));
        Assert.Equal(25, replay.SnapshotSequence);
        Assert.Equal(30, replay.LastSequence);
        Assert.Equal(["event 26", "event 27", "event 28", "event 29", "event 30"], replay.Batches.SelectMany(b => b.Events).Select(Text));
    }

    [Fact]
    public async Task AppendAsync_SameBatchAgain_IsAlreadyWritten()
    {
        var id = Guid.NewGuid();
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(1, id, Events("a"), Ct));
        Assert.Equal(AppendResult.AlreadyWritten, await _journal.AppendAsync(1, id, Events("a"), Ct));
        Assert.Equal(AppendResult.Stale, await _journal.AppendAsync(1, Guid.NewGuid(), Events("b"), Ct));
        var batch = Assert.Single((await _journal.ReadAsync(Ct)).Batches);
        Assert.Equal(id, batch.BatchId);
        Assert.Equal("a", Text(Assert.Single(batch.Events)));
    }

    [Fact]
    public async Task AppendAsync_ManyWritersOfOneNumber_OneWinsAndTheOthersAreStale()
    {
        for (var sequence = 1; sequence <= 10; sequence++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => new Journal(_store, Prefix).AppendAsync(sequence, Guid.NewGuid(), Events("x"), Ct))));
            Assert.Single(results, AppendResult.Written);
            Assert.Equal(5, results.Count(r => r == AppendResult.Stale));
        }
    }

    [Fact]
    public async Task AppendAsync_NumberFoldedAwayMeanwhile_IsStale()
    {
        await AppendAsync(1, 20);
        await SnapshotAsync(10);
        await SnapshotAsync(20);
        Assert.DoesNotContain(Prefix + "000000000005", await NamesAsync());
        Assert.Equal(AppendResult.Stale, await _journal.AppendAsync(5, Guid.NewGuid(), Events("woke up late"), Ct));
        Assert.Equal(AppendResult.Stale, await _journal.AppendAsync(15, Guid.NewGuid(), Events("woke up late"), Ct));
        Assert.Equal(20, (await _journal.ReadAsync(Ct)).LastSequence);
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(21, Guid.NewGuid(), Events("next"), Ct));
    }

    [Fact]
    public async Task AppendAsync_EventWithALineEnd_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _journal.AppendAsync(1, Guid.NewGuid(), Events("a\nb"), Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _journal.AppendAsync(1, Guid.NewGuid(), [], Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _journal.AppendAsync(0, Guid.NewGuid(), Events("a"), Ct));
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task WriteSnapshotAsync_ThirdOne_FoldsWhatTheSecondCovers()
    {
        await AppendAsync(1, 30);
        await SnapshotAsync(10);
        Assert.Equal(31, (await NamesAsync()).Count);
        await SnapshotAsync(20);
        Assert.Equal(22, (await NamesAsync()).Count);
        await SnapshotAsync(30);
        var names = await NamesAsync();
        Assert.Equal(12, names.Count);
        Assert.Equal(Prefix + "000000000021", names[0]);
        Assert.Equal(Prefix + "snapshots/000000000030", names[^1]);
        Assert.Equal(30, (await _journal.ReadAsync(Ct)).LastSequence);
    }

    [Fact]
    public async Task WriteSnapshotAsync_InPieces_IsTheSameBlob()
    {
        await AppendAsync(1, 2);
        await SnapshotAsync(1);
        await _journal.WriteSnapshotAsync(2, [Encoding.UTF8.GetBytes("sta"), Array.Empty<byte>(), Encoding.UTF8.GetBytes("te 2")], Ct);
        Assert.Equal(JournalFormat.Snapshot(2, "state 2"u8), await _store.ReadBytesAsync(Prefix + "snapshots/000000000002", Ct));
        Assert.DoesNotContain(Prefix + "000000000001", await NamesAsync()); // the one before was found sound
    }

    [Fact]
    public async Task IsSnapshotAsync_AnyByteChangedOrCut_IsFalse()
    {
        var blob = JournalFormat.Snapshot(7, Enumerable.Range(0, 300_000).Select(i => (byte)i).ToArray());
        Assert.True(await JournalFormat.IsSnapshotAsync(new MemoryStream(blob), 7, Ct));
        Assert.False(await JournalFormat.IsSnapshotAsync(new MemoryStream(blob), 8, Ct));
        foreach (var at in (int[])[0, 5, 20, 60, 100, 131_072, blob.Length - 1])
        {
            var torn = (byte[])blob.Clone();
            torn[at] ^= 4;
            Assert.False(await JournalFormat.IsSnapshotAsync(new MemoryStream(torn), 7, Ct));
            Assert.False(await JournalFormat.IsSnapshotAsync(new MemoryStream(blob, 0, at), 7, Ct));
        }
        Assert.False(await JournalFormat.IsSnapshotAsync(new MemoryStream([.. blob, 1]), 7, Ct));
    }

    [Fact]
    public async Task ReadAsync_NewestSnapshotDamaged_FallsBackToTheOneBefore()
    {
        await AppendAsync(1, 30);
        await SnapshotAsync(10);
        await SnapshotAsync(20);
        await FlipAsync(Prefix + "snapshots/000000000020", at: -1);
        var replay = await _journal.ReadAsync(Ct);
        Assert.Equal("state 10", Encoding.UTF8.GetString(replay.Snapshot!.Value.Span));
        Assert.Equal(20, replay.Batches.Count);
        Assert.Contains("snapshots/000000000020", Assert.Single(replay.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 21)] // folded away
    [InlineData(20, 21)]
    [InlineData(21, 21)]
    [InlineData(31, 31)] // yet to be written
    public async Task ReadableFromAsync_BatchesFolded_IsTheFirstBehindWhichNoneIsMissing(long sequence, long expected)
    {
        await AppendAsync(1, 30);
        await SnapshotAsync(20);
        await SnapshotAsync(30);
        // Left behind by a process that died while it folded.
        await _store.WriteTextAsync(Prefix + "000000000007", "old", cancellationToken: Ct);
        Assert.Equal(expected, await _journal.ReadableFromAsync(sequence, Ct));
    }

    [Fact]
    public async Task ReadableFromAsync_AllFolded_IsBehindTheNewestSnapshot()
    {
        await AppendAsync(1, 10);
        await SnapshotAsync(10);
        for (var sequence = 1; sequence <= 10; sequence++)
            await _store.DeleteAsync($"{Prefix}{sequence:D12}", Ct);
        Assert.Equal(11, await _journal.ReadableFromAsync(3, Ct));
    }

    [Fact]
    public async Task WriteSnapshotAsync_OneBeforeDamaged_KeepsTheBatchesThatTheSoundOneNeeds()
    {
        await AppendAsync(1, 30);
        await SnapshotAsync(10);
        await SnapshotAsync(20);
        await FlipAsync(Prefix + "snapshots/000000000020", at: 3);
        await SnapshotAsync(30);
        await FlipAsync(Prefix + "snapshots/000000000030", at: 3);
        var replay = await _journal.ReadAsync(Ct);
        Assert.Equal(10, replay.SnapshotSequence);
        Assert.Equal(30, replay.LastSequence);
    }

    [Fact]
    public async Task ReadAsync_AllSnapshotsDamagedAndBatchesFolded_NamesThem()
    {
        await AppendAsync(1, 20);
        await SnapshotAsync(10);
        await SnapshotAsync(20);
        await FlipAsync(Prefix + "snapshots/000000000010", at: 3);
        await FlipAsync(Prefix + "snapshots/000000000020", at: 3);
        var message = (await Assert.ThrowsAsync<JournalException>(() => _journal.ReadAsync(Ct))).Message;
        Assert.Contains("snapshots/000000000010", message, StringComparison.Ordinal);
        Assert.Contains("snapshots/000000000020", message, StringComparison.Ordinal);
        Assert.Contains("000000000001", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_BatchMissing_NamesIt()
    {
        await AppendAsync(1, 9);
        await _store.DeleteAsync(Prefix + "000000000004", Ct);
        Assert.Contains(Prefix + "000000000004'", (await Assert.ThrowsAsync<JournalException>(() => _journal.ReadAsync(Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_BatchesSwapped_NamesOne()
    {
        await AppendAsync(1, 3);
        var (two, three) = (await _store.ReadBytesAsync(Prefix + "000000000002", Ct), await _store.ReadBytesAsync(Prefix + "000000000003", Ct));
        await _store.WriteBytesAsync(Prefix + "000000000002", three, BlobCondition.Always, Ct);
        await _store.WriteBytesAsync(Prefix + "000000000003", two, BlobCondition.Always, Ct);
        Assert.Contains(Prefix, (await Assert.ThrowsAsync<JournalException>(() => _journal.ReadAsync(Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadBatch_AnyByteChangedOrCut_IsRefused()
    {
        var blob = JournalFormat.Batch(7, Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), Events("{\"type\":\"a\"}", "", "b"));
        Assert.Equal(3, JournalFormat.ReadBatch(blob, 7).Events.Count);
        Gen.Select(Gen.Int[0, blob.Length - 1], Gen.Int[1, 255]).Sample(
            (at, change) =>
            {
                var torn = (byte[])blob.Clone();
                torn[at] ^= (byte)change;
                Assert.Throws<FormatException>(() => JournalFormat.ReadBatch(torn, 7));
                Assert.Throws<FormatException>(() => JournalFormat.ReadBatch(blob.AsMemory(0, at), 7));
                Assert.Throws<FormatException>(() => JournalFormat.ReadBatch(blob.Append((byte)change).ToArray(), 7));
            },
            iter: 2000, threads: 1);
        Assert.Throws<FormatException>(() => JournalFormat.ReadBatch(blob, 8));
    }

    [Fact]
    public void ReadSnapshot_AnyBytes_ComeBackOrAreRefused() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Long[1, 1L << 40], Gen.Int[0, 400], Gen.Int[1, 255]).Sample(
        (state, sequence, at, change) =>
        {
            var blob = JournalFormat.Snapshot(sequence, state);
            Assert.Equal(state, JournalFormat.ReadSnapshot(blob, sequence).ToArray());
            blob[at % blob.Length] ^= (byte)change;
            Assert.Throws<FormatException>(() => JournalFormat.ReadSnapshot(blob, sequence));
            Assert.Throws<FormatException>(() => JournalFormat.ReadBatch(state, sequence));
        },
        iter: 1000, threads: 1);

    [Fact]
    public async Task ReadAsync_WhileAnotherActivationFolds_AlwaysSeesTheWhole()
    {
        await AppendAsync(1, 4);
        var writer = Task.Run(async () =>
        {
            for (var sequence = 5L; sequence <= 60; sequence++)
            {
                await AppendAsync(sequence, sequence);
                await SnapshotAsync(sequence);
            }
        }, Ct);
        var last = 0L;
        do
        {
            var replay = await _journal.ReadAsync(Ct);
            Assert.InRange(replay.LastSequence, last, 60);
            last = replay.LastSequence;
        }
        while (!writer.IsCompleted);
        await writer;
    }

    private async Task AppendAsync(long from, long to)
    {
        for (var sequence = from; sequence <= to; sequence++)
            Assert.Equal(AppendResult.Written, await _journal.AppendAsync(sequence, Guid.NewGuid(), Events(string.Create(CultureInfo.InvariantCulture, $"event {sequence}")), Ct));
    }

    private Task SnapshotAsync(long sequence) =>
        _journal.WriteSnapshotAsync(sequence, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"state {sequence}")), Ct);

    private async Task FlipAsync(string name, int at)
    {
        var bytes = await _store.ReadBytesAsync(name, Ct);
        bytes![at < 0 ? bytes.Length + at : at] ^= 1;
        await _store.WriteBytesAsync(name, bytes, BlobCondition.Always, Ct);
    }

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var blob in _store.ListAsync("", Ct))
            names.Add(blob.Name);
        return names;
    }

    private static ReadOnlyMemory<byte>[] Events(params string[] lines) => [.. lines.Select(l => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(l)))];

    private static string Text(ReadOnlyMemory<byte> line) => Encoding.UTF8.GetString(line.Span);
}
