using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Storage;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

public sealed class ReadingTests(ReadingTests.Read read) : IClassFixture<ReadingTests.Read>
{
    private const string Root = $"/api/v1/sweeps/{Cats.Id}";

    [Fact]
    public async Task Sweeps_OfAStore_AreListedAsTheCommandLineListsThem()
    {
        await using Site site = await Site.StartAsync(s => Journals.WriteHalfDoneAsync(s.Store, "two-1234abcd"));
        JsonElement sweep = Assert.Single((await site.GetAsync("/api/v1/sweeps")).GetProperty("sweeps").EnumerateArray());
        Assert.Equal(("two-1234abcd", "running", 2, 1, 0.25), (sweep.GetProperty("sweep").GetString(), sweep.GetProperty("phase").GetString(), sweep.GetProperty("experiments").GetInt32(), sweep.GetProperty("ended").GetInt32(), sweep.GetProperty("best").GetDouble()));
    }

    [Fact]
    public async Task Sweeps_PageByPage_ComeOnceEachAndFilteredByTag()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            for (int i = 0; i < 5; i++)
                await Journals.WriteHalfDoneAsync(s.Store, $"two-{i}");
        });
        List<string> seen = [];
        string? next = "";
        while (next is not null)
        {
            JsonElement page = await site.GetAsync($"/api/v1/sweeps?limit=2&tag=red&cursor={next}");
            seen.AddRange(page.GetProperty("sweeps").EnumerateArray().Select(s => s.GetProperty("sweep").GetString()!));
            next = page.TryGetProperty("next", out JsonElement cursor) ? cursor.GetString() : null;
        }
        Assert.Equal(["two-0", "two-1", "two-2", "two-3", "two-4"], seen.Order());
        Assert.Empty((await site.GetAsync("/api/v1/sweeps?tag=blue")).GetProperty("sweeps").EnumerateArray());
    }

    // A sweep that has ended is listed by its summary, which is sound where its journal is not.
    [Fact]
    public async Task Sweeps_WhereTheJournalOfAnEndedOneIsDamaged_NamesItAndGivesTheOthers()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            await Journals.WriteHalfDoneAsync(s.Store, "two-sound");
            await Journals.WriteHalfDoneAsync(s.Store, "two-damaged");
            Sweep damaged = (await StoredSweep.LoadAsync(s.Store, "two-damaged", CancellationToken.None))!;
            await s.Store.WriteBytesAsync(StoreLayout.Summary("two-damaged"), SweepSummary.Of("two-damaged", damaged).Write());
            await s.Store.DeleteAsync(StoreLayout.Active("two-damaged"), CancellationToken.None);
            await s.Store.WriteTextAsync((await s.Store.ListAsync(StoreLayout.Journal("two-damaged"), CancellationToken.None).FirstAsync()).Name, "torn");
        });
        JsonElement page = await site.GetAsync("/api/v1/sweeps?where=size%3D16");
        Assert.Equal("two-sound", Assert.Single(page.GetProperty("sweeps").EnumerateArray()).GetProperty("sweep").GetString());
        string note = Assert.Single(page.GetProperty("notes").EnumerateArray()).GetString()!;
        Assert.StartsWith("two-damaged cannot be read: ", note);
        Assert.DoesNotContain(site.Store.Uri["file:".Length..], note);
        using Shell shell = new() { RealDoors = true };
        Said store = await shell.RunAsync("list", "--where", "size=16", "--store", site.Store.Uri);
        Said server = await shell.RunAsync("list", "--where", "size=16", "--server", site.Address.ToString());
        Assert.Equal((0, store.Out), (server.Code, server.Out));
        Assert.Contains("two-damaged cannot be read: ", store.Error);
        Assert.Contains("two-damaged cannot be read: ", server.Error);
    }

    [Fact]
    public async Task Sweep_WithoutASilo_IsToldByItsJournal()
    {
        Site site = read.Site;
        JsonElement sweep = await site.GetAsync(Root);
        Assert.False(sweep.GetProperty("live").GetBoolean());
        Assert.Equal(2, sweep.GetProperty("ended").GetProperty("completed").GetInt32());
        Assert.Equal(2, sweep.GetProperty("best").GetProperty("experiment").GetInt32());
        Assert.Contains("lr_d", sweep.GetProperty("varying").EnumerateArray().Select(v => v.GetString()));
    }

    [Fact]
    public async Task Sweep_WithASilo_TellsWhatRunsNow()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        site.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Running(4, 321, score: 9.5)));
        site.Silo.Reachable = true;
        Assert.True((await site.GetAsync(Root)).GetProperty("live").GetBoolean());
        JsonElement row = (await site.GetAsync($"{Root}/experiments?where=phase=running")).GetProperty("experiments")[0];
        Assert.Equal((4, 321, 9.5), (row.GetProperty("experiment").GetInt32(), row.GetProperty("images").GetInt64(), row.GetProperty("score").GetDouble()));
        Assert.Equal(321, (await site.GetAsync($"{Root}/experiments/4")).GetProperty("images").GetInt64());
    }

    [Fact]
    public async Task Sweep_JournalGrows_IsSeenWithoutReadingItAllAgain()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Cats.WriteAsync(s.Store));
        Assert.Equal(3, (await site.GetAsync(Root)).GetProperty("ended").EnumerateObject().Sum(e => e.Value.GetInt32()));
        await sweep.EndAsync(4, 1000, 5.5);
        await Eventually.TrueAsync(async () => (await site.GetAsync(Root)).GetProperty("best").GetProperty("value").GetDouble() == 5.5);
    }

    [Fact]
    public async Task Experiments_ByScore_PageInOrderWithThoseWithoutOneLast()
    {
        Site site = read.Site;
        List<int> numbers = [];
        string? next = "";
        while (next is not null)
        {
            JsonElement page = await site.GetAsync($"{Root}/experiments?sort=best&limit=2&column=experiment&cursor={next}");
            numbers.AddRange(page.GetProperty("experiments").EnumerateArray().Select(r => r.GetProperty("experiment").GetInt32()));
            Assert.Equal(5, page.GetProperty("matching").GetInt32());
            next = page.TryGetProperty("next", out JsonElement cursor) ? cursor.GetString() : null;
        }
        Assert.Equal([2, 1, 3, 4, 5], numbers);
        int[] worst = await NumbersAsync(site, "sort=-best");
        Assert.Equal([1, 2, 3, 4, 5], worst);
    }

    [Theory]
    [InlineData("reason")]
    [InlineData("-reason")]
    public async Task Experiments_ByATextOfAnyLength_ComeOnceEachInOrder(string sort)
    {
        // Alike for longer than a cursor can hold, in letters that take the most room, and cut in the middle of a pair.
        string alike = new string('ä', 199) + string.Concat(Enumerable.Repeat("🐈", 1600));
        await using Site site = await Site.StartAsync(async s =>
        {
            Configuration[] points = [.. Enumerable.Range(1, 9).Select(n => FakeSweep.Point(("preset", "dcgan"), ("lr_d", $"{n}e-4"), ("size", "16"), ("hidden", "1")))];
            FakeSweep sweep = await FakeSweep.StartAsync(s.Store, FakeSweep.Define(points, budget: 1000), Cats.Id);
            foreach ((int number, string why) in (IEnumerable<(int, string)>)[(1, "z"), (2, alike + "c"), (3, alike), (4, "a"), (5, alike + "a"), (6, alike + "b"), (7, alike), (8, alike[..199])])
            {
                await sweep.BeginAsync(number);
                await sweep.EndAsync(number, 400, null, ExperimentOutcome.Failed, why);
            }
        });
        int[] whole = await NumbersAsync(site, $"sort={sort}");
        Assert.Equal(sort == "reason" ? [4, 1, 8, 3, 7, 5, 6, 2, 9] : (int[])[2, 6, 5, 3, 7, 8, 1, 4, 9], whole);
        foreach (int limit in (int[])[1, 2])
            Assert.Equal(whole, await AllPagesAsync(site, $"sort={sort}&limit={limit}"));
    }

    [Fact]
    public async Task Experiments_AfterALongTextThatHasChanged_AreNotLeftOut()
    {
        FakeSweep sweep = null!;
        string alike = new('x', 3500);
        await using Site site = await Site.StartAsync(async s =>
        {
            sweep = await Cats.WriteAsync(s.Store);
            await sweep.EndAsync(4, 400, null, ExperimentOutcome.Failed, alike + "4");
        });
        JsonElement page = await site.GetAsync($"{Root}/experiments?sort=-reason&limit=1&column=experiment");
        Assert.Equal(4, page.GetProperty("experiments")[0].GetProperty("experiment").GetInt32());
        await sweep.ApplyAsync(t => new ExperimentRetried(t, 4, false));
        await Eventually.TrueAsync(async () => !(await site.GetAsync($"{Root}/experiments/4")).TryGetProperty("reason", out _));
        JsonElement rest = await site.GetAsync($"{Root}/experiments?sort=-reason&cursor={page.GetProperty("next").GetString()}");
        Assert.Contains(3, rest.GetProperty("experiments").EnumerateArray().Select(r => r.GetProperty("experiment").GetInt32()));
    }

    [Theory]
    [InlineData("where=lr_d>2e-4", 3, 4, 5)]
    [InlineData("where=lr_d>2e-4&variant=wgan", 4)]
    [InlineData("search=diverged", 3)]
    [InlineData("search=NaN", 3)]
    [InlineData("search=lr_d=2e", 2)]
    [InlineData("search=4", 4)]
    public async Task Experiments_Searched_AreThoseThatAreMeant(string query, params int[] expected)
    {
        Site site = read.Site;
        int[] found = await NumbersAsync(site, query);
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Experiment_AsOne_HasAttemptsRungsAndItsDifferenceToTheBest()
    {
        Site site = read.Site;
        JsonElement one = await site.GetAsync($"{Root}/experiments/1");
        Assert.Equal("box/cpu/0", one.GetProperty("attempts")[0].GetProperty("worker").GetString());
        Assert.Equal(12.5, one.GetProperty("best").GetDouble());
        Assert.Equal("wgan", one.GetProperty("differs_from_best").GetProperty("preset").GetString());
        Assert.Equal("loss_d is NaN", (await site.GetAsync($"{Root}/experiments/3")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Table_OfColumns_HasAValueAnExperiment()
    {
        Site site = read.Site;
        JsonElement table = await site.GetAsync($"{Root}/table?column=lr_d&column=best");
        Assert.Equal([1e-4, 2e-4, 3e-4, 4e-4, 5e-4], table.GetProperty("lr_d").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(JsonValueKind.Null, table.GetProperty("best")[2].ValueKind);
    }

    [Fact]
    public async Task Curve_OfManyReports_IsThinnedWithExtremesAndFullScoresKept()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store, reports: 900));
        JsonElement curve = await site.GetAsync($"{Root}/experiments/1/curve?max_points=60");
        CurvePoint[] points = curve.GetProperty("points").Deserialize<CurvePoint[]>()!;
        Assert.Equal(900, curve.GetProperty("reports").GetInt32());
        Assert.InRange(points.Length, 20, 60);
        Assert.Contains(points, p => p.LossD == 99);
        Assert.Contains(points, p => p.LossG == -99);
        Assert.True(points[^1] is { Full: true, Images: 1000 });
        Assert.Equal(points.OrderBy(p => p.Images), points);
    }

    // Full scores are never left out; what is left for the others may be nothing.
    [Fact]
    public async Task Curve_WithMoreFullScoresThanPoints_HasTheseAndTheFirstAlone()
    {
        CurvePoint[] reports = [.. Enumerable.Range(1, 40).Select(i => FakeSweep.Report(i * 25, 20.0 / i, full: i % 4 == 0, lossD: i))];
        await using Site site = await Site.StartAsync(async s => await (await Cats.WriteAsync(s.Store)).CurveAsync(2, 1, reports));
        JsonElement curve = await site.GetAsync($"{Root}/experiments/2/curve?max_points=10");
        Assert.Equal([25, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000], curve.GetProperty("points").Deserialize<CurvePoint[]>()!.Select(p => p.Images));
    }

    [Fact]
    public async Task Experiment_ThatGotWorseAndEnded_TellsItsLatestScoreAndItsBest()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            FakeSweep sweep = await Cats.WriteAsync(s.Store);
            await sweep.RungAsync(4, 500, 20);
            await sweep.EndAsync(4, 1000, 35);
        });
        JsonElement experiment = await site.GetAsync($"{Root}/experiments/4");
        Assert.Equal((35.0, 20.0), (experiment.GetProperty("score").GetDouble(), experiment.GetProperty("best").GetDouble()));
    }

    [Fact]
    public async Task Samples_OfAnExperiment_AreListedAndFetchedWithATag()
    {
        Site site = read.Site;
        string url = (await site.GetAsync($"{Root}/experiments/1/samples"))[0].GetProperty("url").GetString()!;
        Answer picture = await site.SendAsync(HttpMethod.Get, url);
        Assert.Equal((200, "image/png", "10"), (picture.Status, picture.Headers["Content-Type"], picture.Headers["Content-Length"]));
        Assert.Equal(304, (await site.SendAsync(HttpMethod.Get, url, headers: ("If-None-Match", picture.Headers["ETag"]))).Status);
    }

    [Fact]
    public async Task Log_OfAnAttempt_IsText()
    {
        Site site = read.Site;
        string url = (await site.GetAsync($"{Root}/experiments/1/logs"))[0].GetProperty("url").GetString()!;
        Assert.Equal("began\nended\n", (await site.SendAsync(HttpMethod.Get, url)).Text);
    }

    [Fact]
    public async Task Log_OfAllAttempts_IsWhatTheCommandPrints() =>
        Assert.Equal((200, "text/plain; charset=utf-8", "began\nended\n"), await read.Site.SendAsync(HttpMethod.Get, $"{Root}/experiments/1/log") is var log ? (log.Status, log.Headers["Content-Type"], log.Text) : default);

    [Fact]
    public async Task Report_BeforeTheEnd_IsMadeForTheReaderAndLeftNowhere()
    {
        Answer page = await read.Site.SendAsync(HttpMethod.Get, $"{Root}/report");
        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.Headers["Content-Type"]));
        Assert.Contains("sandbox", page.Headers["Content-Security-Policy"]);
        Assert.Contains($"./catgan report cats-1 --server {read.Site.Address.GetLeftPart(UriPartial.Authority)}", page.Text);
        Assert.Null(await read.Site.Store.GetInfoAsync(StoreLayout.Report(Cats.Id), CancellationToken.None));
    }

    [Fact]
    public async Task Report_OfAnEndedSweep_IsTheOneInTheStoreUnlessAFreshOneIsWanted()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            FakeSweep sweep = await Cats.WriteAsync(s.Store);
            await sweep.BeginAsync(5);
            await sweep.EndAsync(4, 1000, 5);
            await sweep.EndAsync(5, 1000, 6);
            await s.Store.WriteTextAsync(StoreLayout.Report(Cats.Id), "<p>written at the end");
        });
        Answer written = await site.SendAsync(HttpMethod.Get, $"{Root}/report");
        Assert.Equal("<p>written at the end", written.Text);
        Assert.Equal(304, (await site.SendAsync(HttpMethod.Get, $"{Root}/report", headers: ("If-None-Match", written.Headers["ETag"]))).Status);
        string fresh = (await site.SendAsync(HttpMethod.Get, $"{Root}/report?fresh=true")).Text;
        Assert.Contains("Four cats", fresh);
        Assert.Equal("<p>written at the end", await site.Store.ReadTextAsync(StoreLayout.Report(Cats.Id)));
        Answer kept = await site.SendAsync(HttpMethod.Post, $"{Root}/report");
        Assert.Equal(kept.Text, await site.Store.ReadTextAsync(StoreLayout.Report(Cats.Id)));
        Assert.Contains("Four cats", kept.Text);
    }

    [Theory]
    [InlineData("csv", "text/csv; charset=utf-8", "sweep,experiment,")]
    [InlineData("json", "application/json", "\"experiment\": 1")]
    [InlineData("text", "text/plain; charset=utf-8", "place")]
    public async Task Results_InAFormat_AreThoseOfTheCommandLine(string format, string type, string part)
    {
        Site site = read.Site;
        Answer answer = await site.SendAsync(HttpMethod.Get, $"/api/v1/results?sweep=last&format={format}");
        Assert.Equal((200, type), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Contains(part, answer.Text);
    }

    [Theory]
    [InlineData("/api/v1/sweeps/nosuch", 404, "there is no sweep nosuch in the store")]
    [InlineData($"{Root}/experiments/9", 404, "there is no experiment 9 in cats-1; it has 5")]
    [InlineData($"{Root}/experiments?sort=bset", 400, "did you mean")]
    [InlineData($"{Root}/experiments?cursor=abc", 400, "cursor is none of this list")]
    [InlineData($"{Root}/experiments?limit=0", 400, "limit is 0, but must be from 1 to 1,000")]
    [InlineData($"{Root}/experiments?where=lr_d", 400, "--where is lr_d")]
    [InlineData($"{Root}/experiments/1/curve?max_points=1", 400, "max_points is 1")]
    [InlineData($"{Root}/experiments/x", 404, "nothing is at")]
    [InlineData("/api/v1/sweeps?state=asleep", 400, "state is asleep, but must be one of running")]
    [InlineData("/api/v1/nothing", 404, "nothing is at /api/v1/nothing")]
    [InlineData($"{Root}/experiments/9/log", 404, "there is no experiment 9 in cats-1; it has 5")]
    [InlineData($"{Root}/experiments/5/log", 404, "experiment 5 of cats-1 has not begun")]
    [InlineData($"{Root}/experiments/1/log?epoch=7", 404, "experiment 1 of cats-1 has no log of epoch 7")]
    public async Task Fault_OfAnyKind_IsProblemDetailsInTheWordsOfTheCommandLine(string path, int status, string words)
    {
        Site site = read.Site;
        Answer answer = await site.SendAsync(HttpMethod.Get, path);
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
        Assert.Contains(words, answer.Json.GetProperty("detail").GetString());
        Assert.StartsWith("urn:catgan:problem:", answer.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Page_OfTheSite_ShowsTheSweep()
    {
        Site site = read.Site;
        Answer answer = await site.SendAsync(HttpMethod.Get, "/");
        Assert.Equal(200, answer.Status);
        Assert.Contains(Cats.Id, answer.Text);
    }

    /// <summary>A server whose store nothing is written to.</summary>
    public sealed class Read : IAsyncLifetime
    {
        internal Site Site { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }

    private static async Task<int[]> AllPagesAsync(Site site, string query)
    {
        List<int> numbers = [];
        for (string? next = ""; next is not null;)
        {
            JsonElement page = await site.GetAsync($"{Root}/experiments?{query}&column=experiment&cursor={next}");
            numbers.AddRange(page.GetProperty("experiments").EnumerateArray().Select(r => r.GetProperty("experiment").GetInt32()));
            next = page.TryGetProperty("next", out JsonElement cursor) ? cursor.GetString() : null;
        }
        return [.. numbers];
    }

    private static async Task<int[]> NumbersAsync(Site site, string query) =>
        [.. (await site.GetAsync($"{Root}/experiments?{query.Replace(">", "%3E", StringComparison.Ordinal)}")).GetProperty("experiments").EnumerateArray().Select(r => r.GetProperty("experiment").GetInt32())];
}
