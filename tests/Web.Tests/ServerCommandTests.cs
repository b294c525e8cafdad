using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>The command line against a server: it says what it says on the store itself.</summary>
public sealed class ServerCommandTests : IDisposable
{
    private readonly Shell shell = new() { RealDoors = true };

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("list")]
    [InlineData("list --json")]
    [InlineData("list --where lr_d>4e-4 --json")]
    [InlineData("list --tag nosuch")]
    [InlineData("status last --json")]
    [InlineData("status cats-1")]
    [InlineData("results last --csv")]
    [InlineData("results last --best 2")]
    [InlineData("results last")]
    public async Task Read_OverAServer_SaysWhatItSaysOnTheStore(string line)
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        shell.Silo.Reachable = false;
        Said store = await shell.RunAsync([.. line.Split(' '), "--store", site.Store.Uri]);
        Said server = await RunAsync(site, line);
        Assert.Equal((store.Code, store.Out), (server.Code, server.Out));
    }

    [Theory]
    [InlineData("status nosuch", 3, "no sweep nosuch")]
    [InlineData("results last --where lrd>1", 2, "names lrd")]
    public async Task Fault_OverAServer_HasTheSameWordsAndCode(string line, int code, string words)
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        Said said = await RunAsync(site, line);
        Assert.Equal(code, said.Code);
        Assert.Contains(words, said.Error);
        Assert.Contains("hint: ", said.Error);
    }

    [Fact]
    public async Task Submit_OverAServer_PrintsTheIdAndIsOneSweepHoweverOftenItIsSent()
    {
        await using Site site = await Site.StartAsync();
        shell.Write("two.yaml", Journals.Spec);
        Said said = await RunAsync(site, "submit two.yaml --json");
        Assert.Equal(0, said.Code);
        Assert.Equal(site.Silo.Id, JsonDocument.Parse(said.Out).RootElement.GetProperty("sweep").GetString());
    }

    [Theory]
    [InlineData("pause last", "PauseSweep { }")]
    [InlineData("cancel last/4 --reason bad", "CancelExperiment { Experiment = 4, Reason = bad }")]
    [InlineData("priority last --weight 3", "ChangeShare { Weight = 3, Cap =  }")]
    [InlineData("pin last/1@500", "PinCheckpoint { Experiment = 1, Images = 500, Pinned = True }")]
    public async Task Verb_OverAServer_ReachesTheSweep(string line, string expected)
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        Said said = await RunAsync(site, line);
        Assert.Equal((0, $"cats-1: done{Environment.NewLine}"), (said.Code, said.Error));
        Assert.Equal(expected, $"{Assert.Single(site.Silo.Commands)}");
    }

    [Fact]
    public async Task Resume_OverAServer_ShowsTheSweepToItsEnd()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        int asked = 0;
        site.Silo.Script.Add(() => Interlocked.Increment(ref asked) < 3
            ? Statuses.Of(SweepPhase.Running, Statuses.Running(1, 100 * asked))
            : Statuses.Of(SweepPhase.Paused, Statuses.Experiment(1, 300)));
        site.Silo.Reachable = true;
        Said said = await RunAsync(site, "resume last");
        Assert.Equal(1, said.Code);
        Assert.Contains("sweep cats-1 goes on", said.Error);
        Assert.Contains("paused; go on with: catgan resume cats-1", said.Error);
    }

    [Fact]
    public async Task Server_ThatWantsAKey_TakesItFromTheEnvironment()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => (_, key) = (await Cats.WriteAsync(s.Store), await s.KeyAsync(AccessRole.Viewer)));
        Said refused = await RunAsync(site, "list");
        Assert.Equal(1, refused.Code);
        Assert.Contains("a key is needed", refused.Error);
        shell.Environment["CATGAN_SERVER"] = $"{site.Address}";
        shell.Environment["CATGAN_KEY"] = key;
        Assert.Contains("cats-1", (await shell.RunAsync("list")).Out);
        Said forbidden = await shell.RunAsync("pause", "last");
        Assert.Contains("role does not allow this", forbidden.Error);
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsUnreachable()
    {
        Said said = await shell.RunAsync("list", "--server", "http://127.0.0.1:1");
        Assert.Equal(4, said.Code);
        Assert.Contains("does not answer", said.Error);
    }

    [Theory]
    [InlineData("report last --server http://127.0.0.1:1", "takes no --server")]
    [InlineData("list --server nonsense", "must be the address of a `catgan serve`")]
    [InlineData("list --server http://cats.example --key x", "travel in the clear")]
    public async Task Server_Misused_IsABadCommandLine(string line, string words)
    {
        Said said = await shell.RunAsync(line.Split(' '));
        Assert.Equal(2, said.Code);
        Assert.Contains(words, said.Error);
    }

    private Task<Said> RunAsync(Site site, string line) => shell.RunAsync([.. line.Split(' '), "--server", $"{site.Address}"]);
}
