using CatGan.Coordinator.Tests.Fakes;

namespace CatGan.Coordinator.Tests.Results;

public sealed class ResultsCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public ResultsCommandTests() => shell.Silo.Reachable = false;

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Results_NoFormat_PrintsTheRanking()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("results", "last");
        Assert.Equal(0, said.Code);
        Assert.Contains("DCGAN", said.Out);
    }

    [Theory]
    [InlineData("--csv", "experiment,configuration,repeat")]
    [InlineData("--json", "\"experiment\": 1")]
    public async Task Results_Format_PrintsIt(string option, string expected)
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("results", "two-1", option);
        Assert.Equal((0, ""), (said.Code, said.Error));
        Assert.Contains(expected, said.Out);
    }

    [Fact]
    public async Task Results_ParquetIntoAFile_WritesIt()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("results", "last", "--parquet", "--out", "results.parquet");
        Assert.Equal((0, ""), (said.Code, said.Out));
        Assert.Equal("PAR1"u8.ToArray(), File.ReadAllBytes(Path.Combine(shell.Folder, "results.parquet"))[..4]);
    }

    [Theory]
    [InlineData("--parquet")]
    [InlineData("--csv --json")]
    public async Task Results_FormatsThatCannotBe_AreRefusedWithWhatToDo(string options)
    {
        Said said = await shell.RunAsync(["results", "last", .. options.Split(' ')]);
        Assert.Equal(2, said.Code);
        Assert.Matches("add --out|name one of them", said.Error);
    }
}
