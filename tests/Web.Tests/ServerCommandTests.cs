using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Commands;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Remote;
using CatGan.Coordinator.Tests;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Storage;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>The command line against a server: it says what it says on the store itself.</summary>
public sealed class ServerCommandTests(ReadingTests.Read read) : IClassFixture<ReadingTests.Read>, IDisposable
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
    [InlineData("logs last/1")]
    [InlineData("logs cats-1/1 --epoch 1")]
    [InlineData("check two.yaml")]
    [InlineData("check two.yaml --json")]
    public async Task Read_OverAServer_SaysWhatItSaysOnTheStore(string line)
    {
        Site site = read.Site;
        shell.Silo.Reachable = false;
        shell.Write("two.yaml", Journals.Spec);
        Said store = await shell.RunAsync([.. line.Split(' '), "--store", site.Store.Uri]);
        Said server = await RunAsync(site, line);
        Assert.Equal((store.Code, store.Out), (server.Code, server.Out));
    }

    [Theory]
    [InlineData("status nosuch", 3, "no sweep nosuch")]
    [InlineData("results last --where lrd>1", 2, "names lrd")]
    [InlineData("report nosuch", 3, "there is no sweep nosuch in")]
    [InlineData("logs last/99", 3, "there is no experiment 99 in cats-1; it has 5")]
    [InlineData("logs last/5", 3, "experiment 5 of cats-1 has not begun")]
    [InlineData("logs last/2", 3, "experiment 2 of cats-1 has no log yet")]
    [InlineData("export last/99", 3, "there is no experiment 99 in cats-1; it has 5")]
    [InlineData("generate last/1", 3, "experiment 1 of cats-1 has no checkpoint")]
    [InlineData("generate last/1 --out no/such/folder.png", 2, "is not there")]
    [InlineData("clone last --print --set budget.images=5", 2, "the spec of cats-1 has 2 faults")]
    [InlineData("check warm.yaml", 2, "warm.yaml:11:14: warm_start[0] is the sweep cats-1, whose data set is")]
    [InlineData("submit warm.yaml", 2, "warm.yaml:11:14: warm_start[0] is the sweep cats-1, whose data set is")]
    public async Task Fault_OverAServer_HasTheSameWordsAndCode(string line, int code, string words)
    {
        Site site = read.Site;
        shell.Silo.Reachable = false;
        shell.Write("warm.yaml", Journals.Spec.Replace("count=64", "count=96") + "\nsampler: tpe\nexperiments: 2\nwarm_start: [last]");
        Said store = await shell.RunAsync([.. line.Split(' '), "--store", site.Store.Uri]);
        Said server = await RunAsync(site, line);
        foreach (Said said in (Said[])[store, server])
        {
            Assert.Equal(code, said.Code);
            Assert.Contains(words, said.Error);
            Assert.Contains("hint: ", said.Error);
        }
    }

    [Fact]
    public async Task Run_OverAServer_ShowsTheSweepToItsEndAndFetchesItsReport()
    {
        await using Site site = await Site.StartAsync();
        int asked = 0;
        site.Silo.WhenSubmitted = id => Journals.WriteHalfDoneAsync(site.Store, id);
        site.Silo.Script.Add(() => Interlocked.Increment(ref asked) < 2
            ? Statuses.Of(SweepPhase.Running, Statuses.Running(2, 700))
            : Statuses.Of(SweepPhase.Finished, Statuses.Ended(1, Outcome.Completed), Statuses.Ended(2, Outcome.Completed)));
        site.Silo.Reachable = true;
        shell.Write("two.yaml", Journals.Spec);
        Said said = await RunAsync(site, "run two.yaml");
        string id = site.Silo.Id!, report = Path.Combine(shell.Folder, $"{id}.html");
        Assert.Equal((0, $"sweep {id}{Environment.NewLine}"), (said.Code, said.Error));
        Assert.Contains($"report: {report}", said.Out);
        Assert.Contains("place", said.Out);
        Assert.Contains(id, await File.ReadAllTextAsync(report));
        Assert.Equal(await File.ReadAllTextAsync(report), await site.Store.ReadTextAsync(StoreLayout.Report(id)));
        Assert.Equal([$"{id}.html", "two.yaml"], Directory.GetFiles(shell.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Run_OverAServer_InterruptedLeavesTheSweepAlone()
    {
        await using Site site = await Site.StartAsync();
        site.Silo.WhenSubmitted = id => Journals.WriteHalfDoneAsync(site.Store, id);
        site.Silo.Script.Add(() =>
        {
            shell.Interrupt.CancelAfter(TimeSpan.FromMilliseconds(1));
            return Statuses.Of(SweepPhase.Running, Statuses.Running(2, 700));
        });
        site.Silo.Reachable = true;
        shell.Write("two.yaml", Journals.Spec);
        Said said = await RunAsync(site, "run two.yaml");
        Assert.Equal(130, said.Code);
        Assert.Contains($"left; sweep {site.Silo.Id} goes on", said.Error);
        Assert.Equal(["submit"], site.Silo.Calls);
    }

    [Fact]
    public async Task Resume_OfASweepThatNoSiloTakesUp_EndsAndSaysHowToGoOn()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        site.Silo.Script.Add(() => null);
        shell.Impatient = true;
        Said said = await RunAsync(site, "resume last");
        Assert.Equal(4, said.Code);
        Assert.Contains("no silo works on it; the server looks for one", said.Error);
        Assert.Contains("error: no silo works on cats-1", said.Error);
        Assert.Contains("hint: `catgan resume cats-1`", said.Error);
    }

    [Theory]
    [InlineData("operator", true)]
    [InlineData("viewer", false)]
    public async Task Report_OverAServer_IsWrittenHereAndKeptThereWhereTheKeyAllows(string role, bool kept)
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => (_, key) = (await Cats.WriteAsync(s.Store), await s.KeyAsync(Enum.Parse<AccessRole>(role, ignoreCase: true))));
        shell.Environment["CATGAN_KEY"] = key;
        Said said = await RunAsync(site, "report last --out mine.html");
        string file = Path.Combine(shell.Folder, "mine.html");
        Assert.Equal((0, file + Environment.NewLine), (said.Code, said.Out));
        Assert.Contains("Four cats", await File.ReadAllTextAsync(file));
        Assert.Contains($"--server {site.Address.GetLeftPart(UriPartial.Authority)}", await File.ReadAllTextAsync(file));
        Assert.Equal(kept, await site.Store.GetInfoAsync(StoreLayout.Report(Cats.Id), CancellationToken.None) is not null);
    }

    [Theory]
    [InlineData("generate two-1/2 --count 9 --seed 5 --interpolate --out made", "generate GenerateRequest { Sweep = two-1, Experiment = 2, Count = 9, Seed = 5, Interpolate = True }")]
    [InlineData("export two-1/2 --out made", "export two-1/2")]
    public async Task Picture_OverAServer_IsMadeThereAndWrittenHere(string line, string expected)
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            await Journals.WriteHalfDoneAsync(s.Store, "two-1");
            await s.Store.WriteTextAsync(StoreLayout.Checkpoint("two-1", 2, 400, 1, "ab"), "weights");
        });
        site.Silo.Reachable = true;
        string told = "";
        site.Silo.Job = async asked =>
        {
            told = asked;
            await site.Store.WriteTextAsync("jobs/answer", "made there");
            return "jobs/answer";
        };
        Said said = await RunAsync(site, line);
        string file = Path.Combine(shell.Folder, "made");
        Assert.Equal((0, file + Environment.NewLine, expected), (said.Code, said.Out, told));
        Assert.Equal("made there", await File.ReadAllTextAsync(file));
        Assert.Null(await site.Store.GetInfoAsync("jobs/answer", CancellationToken.None));
    }

    [Fact]
    public async Task Picture_ThatTheSiloCannotMake_LeavesNoFile()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            await Journals.WriteHalfDoneAsync(s.Store, "two-1");
            await s.Store.WriteTextAsync(StoreLayout.Checkpoint("two-1", 2, 400, 1, "ab"), "weights");
        });
        site.Silo.Reachable = true;
        site.Silo.Job = _ => throw new InvalidOperationException("its checkpoint is torn");
        Said said = await RunAsync(site, "generate last/2");
        Assert.Equal(3, said.Code);
        Assert.Contains("its checkpoint is torn", said.Error);
        Assert.Empty(Directory.GetFiles(shell.Folder));
    }

    [Fact]
    public async Task Clone_OverAServer_ShowsOrStartsTheChangedSpec()
    {
        await using Site site = await Site.StartAsync(s => Journals.WriteHalfDoneAsync(s.Store, "two-1"));
        site.Silo.Reachable = true;
        Said shown = await RunAsync(site, "clone last --set budget.images=4000 --print");
        Assert.Equal(0, shown.Code);
        Assert.Contains("4000", shown.Out);
        Assert.Empty(site.Silo.Calls);
        Said made = await RunAsync(site, "clone last --set budget.images=4000 --name more");
        Assert.Equal((0, site.Silo.Id + Environment.NewLine), (made.Code, made.Out));
        Assert.StartsWith("more-", site.Silo.Id);
        Assert.Contains("4000", site.Silo.Submitted!.SpecYaml);
    }

    [Fact]
    public void EveryCommand_EitherWorksOverAServerOrSaysWhyNot()
    {
        string[] all = [.. CommandCatalogue.All.Select(create => create(Nowhere()).Name)];
        Assert.Equal(all.Order(), ServerChoice.Commands.Concat(ServerChoice.Others.Keys).Order());
        string docs = Repository.Text("docs/cli.md").Split('\n').Single(l => l.Contains("`--server URL`"));
        Assert.All(ServerChoice.Others.Keys, name => Assert.Contains($"`{name}`", docs));
    }

    [Fact]
    public async Task Submit_OverAServer_PrintsTheIdAndIsOneSweepHoweverOftenItIsSent()
    {
        await using Site site = await Site.StartAsync();
        site.Silo.WhenSubmitted = id => Journals.WriteHalfDoneAsync(site.Store, id);
        await using LosingRelay relay = new(site.Address, lost: 2);
        shell.Impatient = true;
        shell.Write("two.yaml", Journals.Spec);
        Said said = await shell.RunAsync("submit", "two.yaml", "--json", "--server", relay.Address);
        Assert.True(said.Code == 0, said.Error);
        Assert.Equal(site.Silo.Id, JsonDocument.Parse(said.Out).RootElement.GetProperty("sweep").GetString());
        Assert.Equal(3, relay.Answered);
        Assert.Equal(["submit"], site.Silo.Calls);
    }

    [Theory]
    [InlineData("submit two.yaml")]
    [InlineData("clone last --set budget.images=4000")]
    public async Task Submit_OverAServer_InterruptedStillTellsWhatWasStarted(string line)
    {
        await using Site site = await Site.StartAsync(s => Journals.WriteHalfDoneAsync(s.Store, "old"));
        site.Silo.WhenSubmitted = id =>
        {
            shell.Interrupt.Cancel();
            return Journals.WriteHalfDoneAsync(site.Store, id);
        };
        shell.Write("two.yaml", Journals.Spec);
        Said said = await RunAsync(site, line);
        Assert.Equal((0, site.Silo.Id + Environment.NewLine), (said.Code, said.Out));
    }

    [Fact]
    public async Task List_OfASweepThatCannotBeRead_SaysWhyAsOnTheStore()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            await Cats.WriteAsync(s.Store);
            await Journals.WriteHalfDoneAsync(s.Store, "torn-1");
            BlobInfo batch = await s.Store.ListAsync(StoreLayout.Journal("torn-1"), CancellationToken.None).FirstAsync();
            await s.Store.WriteTextAsync(batch.Name, "torn");
        });
        shell.Silo.Reachable = false;
        Said store = await shell.RunAsync("list", "--store", site.Store.Uri);
        Said server = await RunAsync(site, "list");
        Assert.Contains("note: torn-1 cannot be read: ", store.Error);
        Assert.Equal(store.Out, server.Out);
        Assert.Equal(store.Error.Replace(site.Store.Uri, "the store"), server.Error);
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
    [InlineData("gc --server http://127.0.0.1:1", "`gc` takes no --server: only who has the store")]
    [InlineData("data list --server http://127.0.0.1:1", "`data` takes no --server: pictures go into the store itself")]
    [InlineData("keys list --server http://127.0.0.1:1", "`keys` takes no --server")]
    [InlineData("list --server http://127.0.0.1:1 --store here", "--store says where sweeps are, but --server is given")]
    [InlineData("run two.yaml --server http://127.0.0.1:1 --slots 2", "--slots says how a silo is started here, but --server is given")]
    [InlineData("list --server http://127.0.0.1:1 --cluster redis://127.0.0.1", "--cluster says where sweeps are")]
    [InlineData("list --server nonsense", "must be the address of a `catgan serve`")]
    [InlineData("list --server http://cats.example --key x", "travel in the clear")]
    public async Task Server_Misused_IsABadCommandLine(string line, string words)
    {
        Said said = await shell.RunAsync(line.Split(' '));
        Assert.Equal(2, said.Code);
        Assert.Contains(words, said.Error);
    }

    [Fact]
    public async Task Store_ThatIsNamed_IsMeantWhateverTheEnvironmentSays()
    {
        await Cats.WriteAsync(shell.Store);
        shell.Environment["CATGAN_SERVER"] = "http://127.0.0.1:1";
        Assert.Contains("cats-1", (await shell.RunAsync("list", "--store", shell.Store.Uri)).Out);
        Assert.Equal(4, (await shell.RunAsync("list")).Code);
        Said slots = await shell.RunAsync("resume", "last", "--slots", "2");
        Assert.Equal(2, slots.Code);
        Assert.Contains("CATGAN_SERVER is set", slots.Error);
    }

    [Theory]
    [InlineData(1, 302, "text/html", "", "sends on to https://cats.example/api")]
    [InlineData(1, 200, "text/html", "<p>sign in", "answers, but not as `catgan serve` does")]
    [InlineData(1, 200, "application/json", """{"sweep": "../../home/you/x"}""", "answers, but not as `catgan serve` does")]
    [InlineData(4, 502, "text/html", "<p>bad gateway", "does not answer: what stands before it answers 502")]
    [InlineData(4, 504, "text/plain", "", "does not answer: what stands before it answers 504")]
    [InlineData(1, 500, "application/problem+json", "{", "answers, but not as `catgan serve` does")]
    [InlineData(1, 418, "application/problem+json", "{}", "the server answered 418")]
    public async Task Server_ThatIsSomethingElse_IsToldSoAndWritesNothing(int code, int status, string type, string body, string words)
    {
        await using OtherServer other = new(status, type, body);
        Said said = await shell.RunAsync("report", "last", "--server", other.Address);
        Assert.Equal(code, said.Code);
        Assert.Contains(words, said.Error);
        Assert.Empty(Directory.GetFiles(shell.Folder));
    }

    [Theory]
    [InlineData("list", "{}")]
    [InlineData("list", """{"sweeps": [null]}""")]
    [InlineData("list", """{"sweeps": [{"sweep": "cats-1"}]}""")]
    [InlineData("list", "[]")]
    [InlineData("list", "null")]
    [InlineData("status last", "{}")]
    [InlineData("pause last", "{}", true)]
    public async Task Server_ThatAnswersWithAnotherObject_IsToldSo(string line, string body, bool afterResolving = false)
    {
        await using OtherServer other = afterResolving
            ? new(200, "application/json", """{"sweep": "cats-1"}""", then: (200, "application/json", body))
            : new(200, "application/json", body);
        Said said = await shell.RunAsync([.. line.Split(' '), "--server", other.Address]);
        Assert.Equal(1, said.Code);
        Assert.Contains("answers, but not as `catgan serve` does", said.Error);
    }

    [Fact]
    public async Task Server_ThatIsBusy_IsAskedAgain()
    {
        await using OtherServer other = new(429, "text/plain", "", then: (200, "application/json", """{"sweeps": []}"""));
        Said said = await shell.RunAsync("list", "--server", other.Address);
        Assert.Equal((0, 2), (said.Code, other.Asked));
    }

    private Surroundings Nowhere() => new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        Time = TimeProvider.System,
        WorkingDirectory = shell.Folder,
        Variable = _ => null,
        IsTerminal = false,
        Interrupted = CancellationToken.None,
        Door = _ => shell.Silo,
    };

    private Task<Said> RunAsync(Site site, string line) => shell.RunAsync([.. line.Split(' '), "--server", $"{site.Address}"]);
}
