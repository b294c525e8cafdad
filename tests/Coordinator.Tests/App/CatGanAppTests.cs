using CatGan.Coordinator.Tests.Fakes;

namespace CatGan.Coordinator.Tests.App;

public sealed class CatGanAppTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Help_ListsCommandsAndExitCodes()
    {
        Said said = await shell.RunAsync("--help");
        Assert.Equal(0, said.Code);
        foreach (string word in (string[])["run <SPEC>", "results [<SWEEP>...]", "tag <SWEEP> [<TAG>...] ", "resume <SWEEP[/N]>", "generate <SWEEP/N>", "check <SPEC>", "130 interrupted"])
            Assert.Contains(word, said.Out);
    }

    [Theory]
    [InlineData("rnu")]
    [InlineData("run")]
    [InlineData("run", "a.yaml", "--nonsense")]
    [InlineData("generate", "last/1", "--count", "many")]
    [InlineData("generate", "last/1", "--count", "0")]
    public async Task CommandLine_Wrong_IsExplainedWithCode2(params string[] args)
    {
        Said said = await shell.RunAsync(args);
        Assert.Equal(2, said.Code);
        Assert.StartsWith("error: ", said.Error);
        Assert.Contains("hint: see `catgan", said.Error);
    }

    [Theory]
    [InlineData("there is no command stauts; did you mean `status`?", "stauts", "last")]
    [InlineData("there is no command lsit; did you mean `list`?", "data", "lsit")]
    [InlineData("there is no command xyzzy\n", "xyzzy")]
    [InlineData("catgan results has no option --cvs; did you mean `--csv`?", "results", "last", "--cvs")]
    [InlineData("catgan run has no option --slot; did you mean `--slots`?", "run", "a.yaml", "--slot", "3")]
    [InlineData("catgan list has no option --clutser; did you mean `--cluster`?", "list", "--clutser", "redis://x")]
    [InlineData("b.yaml is one word too many for catgan run", "run", "a.yaml", "b.yaml")]
    [InlineData("catgan data needs a command: import, list, show", "data")]
    public async Task CommandLine_Misspelt_NamesWhatWasMeant(string expected, params string[] args)
    {
        Said said = await shell.RunAsync(args);
        Assert.Equal((2, ""), (said.Code, said.Out));
        Assert.Contains($"error: {expected}", said.Error);
        Assert.Equal(2, said.Error.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task CommandLine_OptionAfterTwoDashes_IsAWord()
    {
        Said said = await shell.RunAsync("status", "--", "--odd");
        Assert.Equal(3, said.Code);
    }

    [Theory]
    [InlineData("results", "--cvs", "--help")]
    [InlineData("generate", "--help")]
    public async Task Help_OfACommand_NamesOneDefaultOfTheStore(params string[] args)
    {
        Said said = await shell.RunAsync(args);
        Assert.Equal(0, said.Code);
        Assert.Single(said.Out.Split('\n'), l => l.Contains("--store <URI>") && l.Split("[default").Length == 2);
    }

    [Fact]
    public async Task UnexpectedFault_Anywhere_ShowsNoStackTraceUnlessAsked()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        shell.Silo.Script.Add(() => throw new InvalidOperationException("inner trouble"));

        Said said = await shell.RunAsync("status", "last");
        Said verbose = await shell.RunAsync("status", "last", "--verbose");

        Assert.Equal((1, 1), (said.Code, verbose.Code));
        Assert.Contains("inner trouble", said.Error);
        Assert.DoesNotContain("   at ", said.Error);
        Assert.Contains("   at ", verbose.Error);
    }

    [Theory]
    [InlineData("ftp://somewhere/else")]
    [InlineData("")]
    public async Task Store_NotOne_IsBadInput(string uri)
    {
        Said said = await shell.RunAsync("list", "--store", uri);
        Assert.Equal(2, said.Code);
        Assert.Contains("--store is", said.Error);
    }

    [Fact]
    public async Task Store_FromEnvironment_IsUsedWhereNoOptionSaysOtherwise()
    {
        shell.Environment["CATGAN_STORE"] = "elsewhere";
        Assert.Contains("elsewhere", (await shell.RunAsync("list")).Error);
        Assert.DoesNotContain("elsewhere", (await shell.RunAsync("list", "--store", "here")).Error);
    }
}
