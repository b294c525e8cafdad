using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Commands;

/// <summary><c>list</c> and <c>results</c> over several sweeps.</summary>
public sealed class SearchTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("cats-1 cats-2 dogs-1")]
    [InlineData("cats-1 cats-2", "--name", "CATS")]
    [InlineData("cats-2", "--tag", "red")]
    [InlineData("", "--tag", "red", "--tag", "blue")]
    [InlineData("cats-1", "--state", "finished")]
    [InlineData("cats-2 dogs-1", "--state", "running", "--state", "paused")]
    [InlineData("dogs-1", "--variant", "WGAN-GP")]
    [InlineData("cats-1 cats-2", "--variant", "dcgan")]
    [InlineData("cats-1", "--where", "lr_d>1e-4")]
    [InlineData("cats-1", "--where", "best<=10", "--where", "outcome=completed")]
    [InlineData("", "--where", "outcome=failed")]
    [InlineData("cats-2 dogs-1", "--where", "phase!=ended", "--where", "images=0")]
    public async Task List_Filters_ShowWhatHoldsAllOfThem(string expected, params string[] filters)
    {
        await StoreAsync();
        Said said = await shell.RunAsync(["list", "--json", .. filters]);
        Assert.Equal(0, said.Code);
        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            said.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("sweep").GetString()!).Order());
    }

    [Fact]
    public async Task List_EndedSweepWithASummary_IsNotReplayed()
    {
        await StoreAsync();
        Sweep sweep = (await CatGan.Coordinator.Sweeps.StoredSweep.LoadAsync(shell.Store, "cats-1", CancellationToken.None))!;
        await shell.Store.WriteBytesAsync(StoreLayout.Summary("cats-1"), (SweepSummary.Of("cats-1", sweep) with { Tags = ["from the summary"] }).Write());
        await foreach (BlobInfo blob in shell.Store.ListAsync(StoreLayout.Journal("cats-1"), CancellationToken.None))
            await shell.Store.DeleteAsync(blob.Name, CancellationToken.None);
        Said said = await shell.RunAsync("list", "--tag", "from the summary");
        Assert.Contains("cats-1  finished  2/2", said.Out.Replace("   ", "  ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ActiveSweepWithAnOldSummary_IsReadFromItsJournal()
    {
        await StoreAsync();
        Sweep sweep = (await CatGan.Coordinator.Sweeps.StoredSweep.LoadAsync(shell.Store, "cats-2", CancellationToken.None))!;
        await shell.Store.WriteBytesAsync(StoreLayout.Summary("cats-2"), (SweepSummary.Of("cats-2", sweep) with { Stage = SweepStage.Finished }).Write());
        await shell.Store.WriteTextAsync(StoreLayout.Active("cats-2"), "");
        Assert.DoesNotContain("cats-2", (await shell.RunAsync("list", "--state", "finished")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_SeveralSweeps_HaveTheirIdsAsAColumn()
    {
        await StoreAsync();
        Said said = await shell.RunAsync("results", "cats-1", "dogs-1", "--csv");
        string[] lines = said.Out.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("sweep,experiment,configuration", lines[0], StringComparison.Ordinal);
        Assert.Equal(["cats-1", "cats-1", "dogs-1"], lines.Skip(1).Select(l => l.Split(',')[0]));
    }

    [Fact]
    public async Task Results_BestOfAllThatMatch_AreInOrderAcrossSweeps()
    {
        await StoreAsync();
        Said said = await shell.RunAsync("results", "--name", "s-", "--best", "2", "--json");
        Assert.Equal([("cats-1", 1, 10.0), ("cats-1", 2, 30.0)], JsonDocument.Parse(said.Out).RootElement.EnumerateArray()
            .Select(r => (r.GetProperty("sweep").GetString(), r.GetProperty("experiment").GetInt32(), r.GetProperty("best").GetDouble())));
        Said table = await shell.RunAsync("results", "--name", "s-", "--where", "lr_d>1e-4");
        Assert.Contains("cats-1/2", table.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("cats-1/1", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_ColumnThatIsNone_SuggestsTheOneThatWasMeant()
    {
        await StoreAsync();
        Said said = await shell.RunAsync("results", "cats-1", "--where", "bset<1");
        Assert.Equal(2, said.Code);
        Assert.Contains("best", said.Error, StringComparison.Ordinal);
    }

    /// <summary>cats-1: two rates of dcgan, finished (10 and 30); cats-2: one dcgan, tagged red; dogs-1: one wgan-gp. Neither of the last two has begun.</summary>
    private async Task StoreAsync()
    {
        FakeSweep cats = await FakeSweep.StartAsync(shell.Store, FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"), ("lr_d", "1e-4")), FakeSweep.Point(("preset", "dcgan"), ("lr_d", "5e-4"))]));
        foreach (int number in (int[])[1, 2])
        {
            await cats.BeginAsync(number);
            await cats.EndAsync(number, 60_000, number == 1 ? 10 : 30);
        }
        await FakeSweep.StartAsync(shell.Store, FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"))]) with { Tags = ["red"] }, "cats-2");
        await FakeSweep.StartAsync(shell.Store, FakeSweep.Define([FakeSweep.Point(("preset", "wgan-gp"))]) with { Name = "dogs" }, "dogs-1");
    }
}
