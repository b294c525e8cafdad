using CatGan.Datasets.Drawn;
using CatGan.Datasets.Tests.Support;
using CatGan.Storage;
using Microsoft.Extensions.Time.Testing;
using SkiaSharp;

namespace CatGan.Datasets.Tests;

public sealed class PictureSetsTests
{
    [Fact]
    public async Task Open_DrawnCats_GivesTheGeneratorsPictures()
    {
        using TempFolder folder = new();
        IBlobStore store = BlobStores.Open("file:" + folder.Path);
        using PictureSet set = await PictureSets.OpenAsync(store, "builtin:drawn-cats?count=20&seed=5", 32, folder.At("cache"), CancellationToken.None);
        byte[] drawn = new byte[3 * 32 * 32];
        new DrawnCats(20, 5).Draw(19, 32, drawn);
        Assert.Equal((20, 32), (set.Count, set.Size));
        Assert.Equal(drawn, ImportRun.Read(set, 19));
        Assert.Equal(set.ContentHash, await PictureSets.ContentHashAsync(store, "builtin:drawn-cats?seed=5&count=20", 32, folder.At("cache"), CancellationToken.None));
    }

    [Fact]
    public async Task Open_DrawnCatsThatWouldFillTheMemory_AreTheSameFromAFile()
    {
        using TempFolder cache = new();
        DrawnCats cats = new(300, 2);
        using PictureSet memory = await DrawnCatsPictures.OpenAsync("a", cats, 32, cache.Path, CancellationToken.None);
        Assert.Empty(cache.Files());
        using PictureSet file = await DrawnCatsPictures.OpenAsync("b", cats, 32, cache.Path, CancellationToken.None, maxMemory: 1000);
        Assert.Single(cache.Files());
        Assert.Equal((memory.ContentHash, 300), (file.ContentHash, file.Count));
        Assert.Equal(ImportRun.Read(memory, 299), ImportRun.Read(file, 299));
    }

    [Fact]
    public async Task Open_StoreAcrossTheNetwork_FetchesOnceAndReadsTheSame()
    {
        using ImportRun run = new();
        using TempFolder cache = new();
        for (int i = 0; i < 5; i++)
            run.Source.Write($"{i}.png", TestPictures.Numbered(i));
        await run.ImportAsync();
        RemoteStore remote = new(run.Store);
        byte[][] expected = await run.PixelsAsync();
        for (int turn = 0; turn < 2; turn++)
        {
            using PictureSet set = await PictureSets.OpenAsync(remote, "cats", 16, cache.Path, CancellationToken.None);
            Assert.Equal(expected, Enumerable.Range(0, set.Count).Select(i => ImportRun.Read(set, i)));
        }

        // Two headers, one content.
        Assert.Equal(3, remote.Reads);
        Assert.Single(cache.Files());
    }

    [Fact]
    public async Task Open_CachedFileWasDamaged_IsFetchedAnew()
    {
        using ImportRun run = new();
        using TempFolder cache = new();
        run.Source.Write("1.png", TestPictures.Numbered(1));
        await run.ImportAsync();
        RemoteStore remote = new(run.Store);
        byte[][] expected = await run.PixelsAsync();
        foreach (Action<string> damage in (Action<string>[])[Flip, path => File.WriteAllText(path, "torn")])
        {
            (await PictureSets.OpenAsync(remote, "cats", 16, cache.Path, CancellationToken.None)).Dispose();
            damage(Assert.Single(cache.Files()));
            using PictureSet set = await PictureSets.OpenAsync(remote, "cats", 16, cache.Path, CancellationToken.None);
            Assert.Equal(expected, [ImportRun.Read(set, 0)]);
        }
    }

    [Fact]
    public async Task Open_CacheIsFull_TheLeastLatelyUsedGoesAndOpenOnesAreReadOn()
    {
        using ImportRun run = new();
        using TempFolder cache = new();
        run.Source.Write("1.png", TestPictures.Numbered(1, 64));
        foreach (int size in (int[])[16, 32, 64])
            await run.ImportAsync(size: size);
        RemoteStore remote = new(run.Store);
        FakeTimeProvider time = new();
        // 64 pixels a side take 12 KiB, 32 take 3 and 16 less than 1, with a little for the header.
        PictureCache bounded = new(cache.Path, 40_000) { Time = time };
        using PictureSet first = await OpenAsync(32);
        using PictureSet second = await OpenAsync(16);
        using PictureSet third = await OpenAsync(64);
        Assert.Equal(3, cache.Files().Length);
        bounded = bounded with { MaxBytes = 16_000 };
        using PictureSet again = await OpenAsync(32);
        File.Delete(cache.Files().Single(f => f.Contains("-16.", StringComparison.Ordinal)));
        using PictureSet fetched = await OpenAsync(16);
        Assert.Equal(["16", "32"], cache.Files().Select(f => Path.GetFileNameWithoutExtension(f).Split('-')[1]).Order());
        Assert.Equal(3 * 64 * 64, ImportRun.Read(third, 0).Length);

        async Task<PictureSet> OpenAsync(int size)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return await PictureSets.OpenAsync(remote, "cats", size, bounded, CancellationToken.None);
        }
    }

    [Fact]
    public void DefaultFolder_NeitherPlaceCanBeWritten_IsTemporary()
    {
        using TempFolder home = new();
        Assert.Equal(Path.Combine(home.Path, "catgan"), PictureCache.DefaultFolder(name => name == "XDG_CACHE_HOME" ? home.Path : null));
        Assert.StartsWith(Path.GetTempPath(), PictureCache.DefaultFolder(_ => "/proc/nothing"), StringComparison.Ordinal);
    }

    private static void Flip(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    [Fact]
    public async Task Open_FetchedPixelsAreNotThoseOfTheHash_IsRefusedAndNotCached()
    {
        using ImportRun run = new();
        using TempFolder cache = new();
        run.Source.Write("1.png", TestPictures.Numbered(1));
        await run.ImportAsync();
        byte[] blob = (await run.Store.ReadBytesAsync("datasets/cats/16.safetensors"))!;
        blob[^1] ^= 1;
        await run.Store.WriteBytesAsync("datasets/cats/16.safetensors", blob);
        DatasetException e = await Assert.ThrowsAsync<DatasetException>(
            () => PictureSets.OpenAsync(new RemoteStore(run.Store), "cats", 16, cache.Path, CancellationToken.None));
        Assert.Contains("Import it again", e.Message);
        Assert.Empty(cache.Files());
    }

    [Fact]
    public async Task Open_MissingNameOrSize_SaysWhatThereIs()
    {
        using ImportRun run = new();
        run.Source.Write("1.png", TestPictures.Numbered(1));
        await run.ImportAsync();
        DatasetException size = await Assert.ThrowsAsync<DatasetException>(() => PictureSets.OpenAsync(run.Store, "cats", 32, "", CancellationToken.None));
        Assert.Contains("has size 16, but not 32", size.Message);
        DatasetException name = await Assert.ThrowsAsync<DatasetException>(() => PictureSets.OpenAsync(run.Store, "dogs", 16, "", CancellationToken.None));
        Assert.Contains("which has cats", name.Message);
        Assert.Contains("catgan data import", name.Message);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 127 })]
    public async Task Open_DamagedBlob_IsRefusedWithItsName(byte[] content)
    {
        using ImportRun run = new();
        await run.Store.WriteBytesAsync("datasets/cats/16.safetensors", content);
        foreach (IBlobStore store in (IBlobStore[])[run.Store, new RemoteStore(run.Store)])
        {
            DatasetException e = await Assert.ThrowsAsync<DatasetException>(() => PictureSets.OpenAsync(store, "cats", 16, run.Source.Path, CancellationToken.None));
            Assert.Contains("cats", e.Message);
        }
    }

    [Theory]
    [InlineData("builtin:dogs", "only built-in")]
    [InlineData("builtin:drawn-cats?count=0", "count of builtin:drawn-cats is '0'")]
    [InlineData("builtin:drawn-cats?count=1000001", "1000000")]
    [InlineData("builtin:drawn-cats?seed=-1", "seed")]
    [InlineData("builtin:drawn-cats?size=64", "'size' is no option")]
    [InlineData("../secret", "data set name '../secret'")]
    [InlineData("", "data set name ''")]
    public async Task Faults_BadReference_SayWhatIsWrong(string reference, string expected)
    {
        using ImportRun run = new();
        IReadOnlyList<string> faults = await PictureSets.FaultsAsync(run.Store, reference, [64], CancellationToken.None);
        Assert.Contains(expected, Assert.Single(faults));
    }

    [Fact]
    public async Task Faults_SeveralSizes_NamesEachMissingOne()
    {
        using ImportRun run = new();
        run.Source.Write("1.png", TestPictures.Numbered(1));
        await run.ImportAsync();
        Assert.Empty(await PictureSets.FaultsAsync(run.Store, "cats", [16], CancellationToken.None));
        Assert.Empty(await PictureSets.FaultsAsync(run.Store, "builtin:drawn-cats", [16, 256], CancellationToken.None));
        Assert.Equal(3, (await PictureSets.FaultsAsync(run.Store, "cats", [16, 32, 64, 32, 512], CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Read_WrongSpanOrIndex_IsRefused()
    {
        using TempFolder folder = new();
        IBlobStore store = BlobStores.Open("file:" + folder.Path);
        using PictureSet set = await PictureSets.OpenAsync(store, "builtin:drawn-cats?count=2", 16, folder.Path, CancellationToken.None);
        Assert.Throws<ArgumentException>(() => set.Read(0, new byte[10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Read(2, new byte[768]));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Read(-1, new byte[768]));
    }

    [Fact]
    public async Task ContactSheet_Written_ShowsPicturesSpreadOverTheSet()
    {
        using ImportRun run = new();
        for (int i = 0; i < 40; i++)
            run.Source.Write($"{i:D2}.png", TestPictures.Numbered(i));
        await run.ImportAsync();
        using PictureSet set = await run.OpenAsync();
        using MemoryStream png = new();
        ContactSheet.Write(set, png, count: 4, columns: 4);
        using SKBitmap sheet = SKBitmap.Decode(png.ToArray());
        Assert.Equal((74, 20), (sheet.Width, sheet.Height));
        Assert.Equal([0, 10, 20, 30], Enumerable.Range(0, 4).Select(i => (int)sheet.GetPixel(2 + 18 * i + 8, 10).Red));
        Assert.Equal(SKColors.White, sheet.GetPixel(0, 0));
    }
}
