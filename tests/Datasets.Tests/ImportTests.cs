using System.Formats.Tar;
using System.IO.Compression;
using CatGan.Datasets.Import;
using CatGan.Datasets.Tests.Support;

namespace CatGan.Datasets.Tests;

public sealed class ImportTests
{
    [Fact]
    public async Task Import_ManyPictures_KeepsTheOrderOfTheirNames()
    {
        using ImportRun run = new();
        int[] numbers = [.. Enumerable.Range(0, 300)];
        foreach (int number in numbers)
            run.Source.Write($"{number % 7}/{number:D3}.png", TestPictures.Numbered(number));
        ImportSummary summary = await run.ImportAsync();
        byte[][] pixels = await run.PixelsAsync();
        Assert.Equal(300, summary.Kept);
        Assert.Equal(numbers.OrderBy(n => n % 7).ThenBy(n => n), pixels.Select(p => p[0] + 256 * p[256]));
        using PictureSet set = await run.OpenAsync();
        Assert.Equal(summary.ContentHash, set.ContentHash);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. pixels.SelectMany(p => p)])), set.ContentHash);
    }

    [Fact]
    public async Task Import_SameFilesInEveryKindOfSource_GivesTheSameContent()
    {
        using ImportRun run = new();
        using TempFolder archives = new();
        for (int i = 0; i < 20; i++)
            run.Source.Write($"nested/{i % 3}/{19 - i}.PNG", TestPictures.Numbered(i));
        run.Source.Write("readme.txt", [1, 2, 3]);
        run.Source.Write("nested/notes.md", [1, 2, 3]);
        ZipFile.CreateFromDirectory(run.Source.Path, archives.At("a.zip"));
        TarFile.CreateFromDirectory(run.Source.Path, archives.At("a.tar"), includeBaseDirectory: false);
        // A name that says nothing: archives are known by their content.
        await using (FileStream file = File.Create(archives.At("a.download")))
        await using (GZipStream zip = new(file, CompressionLevel.Fastest))
            await TarFile.CreateFromDirectoryAsync(run.Source.Path, zip, includeBaseDirectory: false);

        List<ImportSummary> summaries = [await run.ImportAsync()];
        foreach (string archive in archives.Files())
            summaries.Add(await run.ImportAsync(archive, replace: true));
        Assert.Equal(4, summaries.Count);
        Assert.All(summaries, s => Assert.Equal((20, 2, summaries[0].ContentHash), (s.Kept, s.OtherFiles, s.ContentHash)));
        Assert.Empty(run.ScratchFiles());
    }

    [Fact]
    public async Task Import_ShadowFilesOfMacOS_AreNoPictures()
    {
        using ImportRun run = new();
        run.Source.Write("1.png", TestPictures.Numbered(1));
        run.Source.Write("._1.png", [1, 2, 3]);
        ImportSummary summary = await run.ImportAsync();
        Assert.Equal((1, 0, 1), (summary.Kept, summary.Skipped.Length, summary.OtherFiles));
    }

    [Fact]
    public async Task Import_ArchiveWithHostileNames_WritesNothingOutside()
    {
        using ImportRun run = new();
        using TempFolder archives = new();
        using (ZipArchive zip = ZipFile.Open(archives.At("a.zip"), ZipArchiveMode.Create))
        {
            foreach (string name in (string[])["../../evil.png", "/evil.png", "c:\\evil.png"])
            {
                await using Stream entry = zip.CreateEntry(name).Open();
                await entry.WriteAsync(TestPictures.Numbered(1));
            }
        }

        Assert.Equal(3, (await run.ImportAsync(archives.At("a.zip"))).Kept);
        Assert.Equal(["a.zip"], archives.Files().Select(Path.GetFileName));
    }

    [Fact]
    public async Task Import_ExcludeList_LeavesOutByPathAndByFileName()
    {
        using ImportRun run = new();
        using TempFolder lists = new();
        foreach (string name in (string[])["a/1.png", "b/1.png", "a/2.png", "b/2.png", "3.png"])
            run.Source.Write(name, TestPictures.Numbered(1));
        string list = lists.Write("list.txt", [.. "# by eye\r\na/1.png\n\n  2.png \nnever.png\n"u8]);
        ImportSummary summary = await run.ImportAsync(exclude: list);
        Assert.Equal(["a/1.png", "a/2.png", "b/2.png"], summary.Skipped.Select(s => s.Name));
        Assert.Equal([(SkipReason.Excluded, 3)], summary.SkippedByReason);
        Assert.Equal(["never.png"], summary.UnmatchedExclusions);
    }

    [Fact]
    public async Task Import_Finished_SaysWhereItIsFrom()
    {
        using ImportRun run = new();
        run.Source.Write("1.png", TestPictures.Numbered(1));
        run.Source.Write("2.png", []);
        await run.ImportAsync();
        DatasetInfo info = Assert.Single(await DatasetCatalogue.ListAsync(run.Store, CancellationToken.None));
        Assert.Equal(("cats", 16, 1), (info.Name, info.Size, info.Count));
        Assert.Equal(Path.GetFileName(run.Source.Path), info.Provenance["source"]);
        Assert.Equal("pictures", info.Provenance["layout"]);
        Assert.Equal(ImportRun.Now, DateTimeOffset.Parse(info.Provenance["imported_at"]));
        Assert.Equal("{\"Empty\":1}", info.Provenance["skipped"]);
        Assert.StartsWith("CatGan ", info.Provenance["tool"]);
    }

    [Fact]
    public async Task Import_ProgressHeard_CountsEveryPicture()
    {
        using ImportRun run = new();
        for (int i = 0; i < 10; i++)
            run.Source.Write($"{i}.png", i % 2 == 0 ? TestPictures.Numbered(i) : []);
        Heard heard = new();
        await run.ImportAsync(progress: heard);
        Assert.Equal(Enumerable.Range(1, 10), heard.Reports.Select(r => r.Done));
        Assert.Equal(new ImportProgress(10, 10, 5), heard.Reports[^1]);
        Assert.Equal(5, heard.Reports[^1].Skipped);
    }

    [Fact]
    public async Task Import_Cancelled_LeavesNothing()
    {
        using ImportRun run = new();
        for (int i = 0; i < 100; i++)
            run.Source.Write($"{i}.png", TestPictures.Numbered(i));
        using CancellationTokenSource stop = new();
        Heard heard = new() { OnReport = p => { if (p.Done == 20) stop.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.ImportAsync(progress: heard, cancellationToken: stop.Token));
        Assert.Empty(await DatasetCatalogue.ListAsync(run.Store, CancellationToken.None));
        Assert.Empty(run.ScratchFiles());
        Assert.Equal(100, (await run.ImportAsync()).Kept);
    }

    [Fact]
    public async Task Import_NameTaken_IsRefusedUnlessReplaced()
    {
        using ImportRun run = new();
        run.Source.Write("1.png", TestPictures.Numbered(1));
        string first = (await run.ImportAsync()).ContentHash;
        run.Source.Write("2.png", TestPictures.Numbered(2));
        DatasetException e = await Assert.ThrowsAsync<DatasetException>(() => run.ImportAsync());
        Assert.Contains("'cats' has size 16", e.Message);
        Assert.Equal(first, (await DatasetCatalogue.FindAsync(run.Store, "cats", 16, CancellationToken.None))!.ContentHash);
        Assert.Equal(2, (await run.ImportAsync(replace: true)).Kept);
        Assert.Equal(2, (await run.PixelsAsync()).Length);
    }

    [Fact]
    public async Task Import_NothingUsable_IsAnErrorThatSaysWhy()
    {
        using ImportRun run = new();
        DatasetException none = await Assert.ThrowsAsync<DatasetException>(() => run.ImportAsync());
        Assert.Contains("no pictures", none.Message);
        run.Source.Write("1.jpg", []);
        run.Source.Write("2.jpg", [.. "text"u8]);
        DatasetException bad = await Assert.ThrowsAsync<DatasetException>(() => run.ImportAsync());
        Assert.Contains("None of the 2 pictures", bad.Message);
        Assert.Contains("1 x Empty", bad.Message);
        Assert.Empty(await DatasetCatalogue.ListAsync(run.Store, CancellationToken.None));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("text.tar.xz")]
    [InlineData("broken.zip")]
    [InlineData("broken.tar")]
    [InlineData("broken.tgz")]
    public async Task Import_SourceUnreadable_NamesIt(string name)
    {
        using ImportRun run = new();
        if (name != "missing")
            run.Source.Write(name, name switch { "broken.zip" => [.. "PK\x03\x04 and no more"u8], "broken.tgz" => [0x1f, 0x8b, 8, 0, 1, 2, 3], _ => new byte[] { 7, 7, 7 } });
        DatasetException e = await Assert.ThrowsAsync<DatasetException>(() => run.ImportAsync(run.Source.At(name)));
        Assert.Contains(name, e.Message);
        Assert.Empty(run.ScratchFiles());
    }

    [Theory]
    [InlineData("", 64)]
    [InlineData("../x", 64)]
    [InlineData("cats", 15)]
    [InlineData("cats", 257)]
    public async Task Import_BadNameOrSize_IsRefused(string name, int size)
    {
        using ImportRun run = new();
        ImportRequest request = new() { Source = run.Source.Path, Name = name, Size = size };
        await Assert.ThrowsAsync<DatasetException>(() => new DatasetImporter(TimeProvider.System).ImportAsync(request, run.Store, null, CancellationToken.None));
    }

    private sealed class Heard : IProgress<ImportProgress>
    {
        public List<ImportProgress> Reports { get; } = [];

        public Action<ImportProgress>? OnReport { get; init; }

        public void Report(ImportProgress value)
        {
            Reports.Add(value);
            OnReport?.Invoke(value);
        }
    }
}
