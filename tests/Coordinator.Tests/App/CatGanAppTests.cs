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
        foreach (string word in (string[])["run <SPEC>", "resume <SWEEP[/N]>", "generate <SWEEP/N>", "check <SPEC>", "130 interrupted"])
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
