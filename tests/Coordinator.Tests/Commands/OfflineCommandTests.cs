using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Search;
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

    [Theory]
    [InlineData("four-gnas", "four-gans-1s0a6s8q")]
    [InlineData("four-gnas-1s0a", "four-gans-1s0a6s8q")]
    [InlineData("lsat", "last")]
    public async Task Sweep_BeginningMisspelt_NamesTheOneThatWasMeant(string typed, string meant)
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "four-gans-1s0a6s8q");
        await Journals.WriteHalfDoneAsync(shell.Store, "other-1s0a6s8r");
        Said said = await shell.RunAsync("results", typed);
        Assert.Equal(3, said.Code);
        Assert.Contains($"there is no sweep {typed} in ", said.Error);
        Assert.Contains($"; did you mean `{meant}`?", said.Error);
        Assert.DoesNotContain("did you mean", (await shell.RunAsync("results", "x")).Error);
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("export")]
    [InlineData("logs")]
    public async Task Experiment_NotThere_SaysHowManyThereAre(string command)
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync(command, "last/99");
        Assert.Equal(3, said.Code);
        Assert.Contains("there is no experiment 99 in two-1; it has 2", said.Error);
        Assert.Empty(shell.Silo.Calls);
    }

    [Fact]
    public async Task Experiment_NotBegun_SaysSo()
    {
        await WritePausedAsync("two-1");
        Assert.Contains("experiment 2 of two-1 has not begun", (await shell.RunAsync("logs", "last/2")).Error);
    }

    [Fact]
    public async Task Status_PausedSweep_SaysPausedAndKeepsTheLastScore()
    {
        await WritePausedAsync("two-1");
        Said said = await shell.RunAsync("status", "last");
        Assert.Matches(@"\n1\s+dcgan[^\n]+paused\s+400 \(40%\)\s+0\.125\s", said.Out);
        Assert.Contains("paused: 0 of 2 ended, 0 running on 0 slots, 1 paused, 1 not begun", said.Out);
    }

    [Fact]
    public async Task Results_PausedSweep_ShowsInterimScoresAndCountsWhatIsOpen()
    {
        await WritePausedAsync("two-1");
        Said said = await shell.RunAsync("results", "last");
        Assert.Matches(@"place\s+experiment\s+swd\s+x real\s+images\s+note\n", said.Out);
        Assert.Matches(@"\n-\s+#1 DCGAN\s+0\.125\s+1\.3\s+400\s+interim: a quick score; experiment 1 has not ended\n", said.Out);
        Assert.Contains("0 of 2 experiments have ended, 1 has begun and not ended, 1 has not begun", said.Out);
    }

    private async Task WritePausedAsync(string id)
    {
        DateTimeOffset at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Journals.WriteAsync(
            shell.Store,
            id,
            new SweepSubmitted(at, SpecReader.Read(Journals.Spec).Definition! with { Slots = 1 }, 1),
            new AttemptStarted(at, 1, 1, "w1"),
            new PauseRequested(at),
            new CheckpointSaved(at, 1, 1, 400, 4, 2.0, StoreLayout.Checkpoint(id, 1, 400, 1, "ab"), "ab", 10),
            new AttemptLost(at, 1, 1, "paused"));
        string[] lines = [.. new[] { (200, 0.25), (400, 0.125) }.Select(p =>
            $$$"""{"images":{{{p.Item1}}},"updates":4,"seconds":2,"images_per_second":100,"scores":{"swd":{"value":{{{p.Item2}}},"floor":0.1,"spread":0,"pictures":256,"patches":32,"parts":[]}},"full":false,"flags":{}}""")];
        await shell.Store.WriteTextAsync(StoreLayout.Curve(id, 1, 1), string.Join('\n', lines) + "\n");
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
