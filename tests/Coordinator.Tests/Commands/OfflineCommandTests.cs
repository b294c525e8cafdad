using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Commands;

public sealed class OfflineCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public OfflineCommandTests() => shell.Silo.Reachable = false;

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task List_EmptyStore_SaysSoAndMakesNoFolder()
    {
        Said said = await shell.RunAsync("list");
        Assert.Equal((0, ""), (said.Code, said.Out));
        Assert.Contains("no sweeps", said.Error);
        Assert.False(Directory.Exists(Path.Combine(shell.Folder, ".catgan")));
    }

    [Fact]
    public async Task List_Sweeps_ShowsPhaseCountsAndBest()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("list", "--json");
        JsonElement row = JsonDocument.Parse(Assert.Single(said.Out.Trim().Split('\n'))).RootElement;
        Assert.Equal("two-1", row.GetProperty("sweep").GetString());
        Assert.Equal("running", row.GetProperty("phase").GetString());
        Assert.Equal((1, 2), (row.GetProperty("ended").GetInt32(), row.GetProperty("experiments").GetInt32()));
        Assert.Equal(0.25, row.GetProperty("best").GetDouble());
        Assert.Contains("two-1", (await shell.RunAsync("list", "--tag", "red")).Out);
        Assert.DoesNotContain("two-1", (await shell.RunAsync("list", "--tag", "blue")).Out);
    }

    [Fact]
    public async Task List_DamagedJournal_ListsTheOthersAndSaysWhy()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        await shell.Store.WriteTextAsync(StoreLayout.Journal("broken-1") + "000000000001", "torn");
        Said said = await shell.RunAsync("list");
        Assert.Equal(0, said.Code);
        Assert.Contains("two-1", said.Out);
        Assert.Contains("broken-1 cannot be read", said.Error);
    }

    [Theory]
    [InlineData("last")]
    [InlineData("two-1a")]
    [InlineData("two-1")]
    public async Task Status_NoSilo_TellsWhatTheJournalSaysAndHowToGoOn(string typed)
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1a");
        Said said = await shell.RunAsync("status", typed);
        Assert.Equal(0, said.Code);
        Assert.Matches(@"1\s+dcgan\s+completed\s+1,000 \(100%\)\s+0\.25", said.Out);
        Assert.Matches(@"2\s+wgan\s+waiting again\s+400 \(40%\)", said.Out);
        Assert.Contains("catgan resume two-1a", said.Error);
    }

    [Fact]
    public async Task Status_UnknownOrAmbiguous_SaysWhatThereIs()
    {
        Assert.Equal(3, (await shell.RunAsync("status", "last")).Code);
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1a");
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1b");

        Said ambiguous = await shell.RunAsync("status", "two-1");
        Said unknown = await shell.RunAsync("status", "tow-1a");

        Assert.Equal((2, 3), (ambiguous.Code, unknown.Code));
        Assert.Contains("two-1b, two-1a", ambiguous.Error);
        Assert.Contains("did you mean `two-1", unknown.Error);
    }

    [Fact]
    public async Task Watch_NoSilo_ShowsTheJournalAndLeaves()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("watch", "last");
        Assert.Equal(0, said.Code);
        Assert.Contains("no silo works on it", said.Error);
    }

    [Fact]
    public async Task Logs_SeveralAttempts_ComeInTheirOrder()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        await shell.Store.WriteTextAsync(StoreLayout.Log("two-1", 2, 10), "tenth\n");
        await shell.Store.WriteTextAsync(StoreLayout.Log("two-1", 2, 9), "ninth\n");
        Assert.Equal("-- epoch 9\nninth\n-- epoch 10\ntenth\n", (await shell.RunAsync("logs", "last/2")).Out);
        Assert.Equal("ninth\n", (await shell.RunAsync("logs", "last/2", "--epoch", "9")).Out);
        Assert.Equal(3, (await shell.RunAsync("logs", "last/1")).Code);
        Assert.Equal(2, (await shell.RunAsync("logs", "last")).Code);
    }

    [Fact]
    public async Task Check_FaultySpec_ListsEveryFaultWithCode2()
    {
        Said said = await shell.RunAsync("check", shell.Write("bad.yaml", "name: x\nbudget: {images: 0}\nparameters: {preset: gan}\n"));
        Assert.Equal(2, said.Code);
        Assert.Contains("bad.yaml has 2 faults", said.Error);
        Assert.Contains("bad.yaml:2:18: budget.images is 0", said.Error);
        Assert.Contains("bad.yaml:3:22: preset is gan", said.Error);
        Assert.Equal("", said.Out);
    }

    [Fact]
    public async Task Check_GoodSpec_TellsWhatWouldRun()
    {
        Said said = await shell.RunAsync("check", shell.Write("two.yaml", Journals.Spec));
        Assert.Equal(0, said.Code);
        Assert.Matches(@"experiments\s+2\n", said.Out);
        Assert.Matches(@"2\s+wgan\s+16\s+1/1\s+64", said.Out);
        JsonElement json = JsonDocument.Parse((await shell.RunAsync("check", "two.yaml", "--json")).Out).RootElement;
        Assert.Equal("wgan", json.GetProperty("configurations")[1].GetProperty("preset").GetString());
    }

    [Fact]
    public async Task Check_DataNotImportedYet_IsANoteOnly()
    {
        Said said = await shell.RunAsync("check", shell.Write("a.yaml", Journals.Spec.Replace("builtin:drawn-cats?count=64", "cats")));
        Assert.Equal(0, said.Code);
        Assert.Contains("catgan data import SOURCE --name cats --size 16", said.Error);
    }

    [Theory]
    [InlineData("nowhere.yaml", "there is no file")]
    [InlineData(".", "is a folder")]
    public async Task Check_NoFile_SaysSo(string typed, string expected)
    {
        Said said = await shell.RunAsync("check", typed);
        Assert.Equal(2, said.Code);
        Assert.Contains(expected, said.Error);
    }

    [Fact]
    public async Task Check_NotUtf8OrTooLarge_SaysSo()
    {
        File.WriteAllBytes(Path.Combine(shell.Folder, "latin.yaml"), [0x6e, 0xe4, 0x6d]);
        File.WriteAllBytes(Path.Combine(shell.Folder, "large.yaml"), new byte[(1 << 20) + 1]);
        Assert.Contains("not text in UTF-8", (await shell.RunAsync("check", "latin.yaml")).Error);
        Assert.Contains("larger than 1 MiB", (await shell.RunAsync("check", "large.yaml")).Error);
    }
}
