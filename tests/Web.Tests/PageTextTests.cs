using System.Text.RegularExpressions;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Storage;
using CatGan.Web.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Web.Tests;

/// <summary>What pages say, for who cannot see charts and colours too.</summary>
public class PageTextTests
{
    private const string Id = "pages-1";

    [Fact]
    public async Task Sweep_WithABudgetOfTime_ShowsHowMuchOfItIsUsed()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            FakeSweep sweep = await StartAsync(s, 2, d => d with { BudgetImages = TrainingPlan.NoLimit, BudgetTime = TimeSpan.FromSeconds(10) });
            await sweep.ApplyAsync(t => new SweepExtended(t) { BudgetTime = TimeSpan.FromSeconds(20) });
            await sweep.BeginAsync(1);
            s.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, [.. Enumerable.Range(1, 2).Select(n => Statuses.Running(n, 300) with { BudgetImages = TrainingPlan.NoLimit, Seconds = n == 1 ? 5 : 0 })]));
            s.Silo.Pool = new(true, [new() { Silo = "box", Address = "", SeenAgo = TimeSpan.Zero, Leaving = false, Alone = null, Slots = [new("box/cpu/0", new Assignment(Guid.Empty, Id, 1, "box/cpu/0"), null)] }], []);
            s.Silo.Reachable = true;
        });
        string overview = await PageAsync(site, ""), one = await PageAsync(site, "/experiments/1"), spec = await PageAsync(site, "/spec");
        Assert.Contains("<progress max=\"1\" value=\"0.125\" aria-label=\"Progress of the sweep\">", overview);
        Assert.Contains("<progress max=\"1\" value=\"0.25\" aria-label=\"Experiment 1: its budget\">", overview);
        Assert.Contains("in 5.0 s of 20 s", overview);
        Assert.Contains("no limit in images, at most 20 s", overview);
        Assert.Contains("<progress max=\"1\" value=\"0.25\" aria-label=\"Its budget\">", one);
        Assert.Contains("of at most 20 s", one);
        Assert.Contains("Each experiment now: no limit in images, at most 20 s.", spec);
        string cluster = (await site.SendAsync(HttpMethod.Get, "/cluster")).Text;
        Assert.Contains("5.0 s of 20 s", cluster);
        Assert.Contains("value=\"0.25\"", cluster);
        Assert.All((string[])[overview, one, spec, cluster], page => Assert.DoesNotContain("1,000,000,000,000", page));
    }

    [Fact]
    public async Task Repeats_OfMoreConfigurationsThanAreShown_SayHowMany()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            FakeSweep sweep = await StartAsync(s, 31, d => d with { Repeats = 2 });
            for (int n = 1; n <= 62; n++)
            {
                await sweep.BeginAsync(n);
                await sweep.EndAsync(n, 1000, n);
            }
        });
        Assert.Contains("the best 30 of 31 configurations", await PageAsync(site, "/why"));
    }

    [Fact]
    public async Task Timeline_IsATableTooPageByPage()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            FakeSweep sweep = await StartAsync(s, 60, d => d);
            for (int n = 1; n <= 55; n++)
            {
                await sweep.ApplyAsync(t => new AttemptStarted(t, n, 1, n == 7 ? "box/cpu/0" : "box/cpu/1"));
                if (n == 7)
                    await sweep.ApplyAsync(t => new AttemptLost(t, 7, 1, "handed back", LossCause.Left));
                else if (n == 8)
                    await sweep.EndAsync(8, 100, null, ExperimentOutcome.Diverged, "loss_d is NaN");
                else if (n < 55)
                    await sweep.EndAsync(n, 1000, 10);
            }
        });
        string first = await PageAsync(site, "/broke"), second = await PageAsync(site, "/broke?slots=2");
        string[] rows = Rows(first);
        Assert.Equal((50, 5), (rows.Length, Rows(second).Length));
        Assert.Matches("box/cpu/0.*href=\"/sweeps/pages-1/experiments/7\".*2026-05-01 09:\\d\\d:\\d\\d UTC.*left in order.*handed back", rows[0]);
        Assert.Contains(rows, r => r.Contains("/experiments/8\"", StringComparison.Ordinal) && r.Contains("failed or diverged", StringComparison.Ordinal));
        Assert.Matches("/experiments/55\".*&#x2013;.*running", Rows(second)[^1]);
        Assert.Contains("55 attempts", first);
        Assert.Contains("href=\"/sweeps/pages-1/broke?slots=2#slots\"", first);
        Assert.DoesNotContain("<details id=\"slots\" open", first);
        Assert.Contains("<details id=\"slots\" open", second);

        static string[] Rows(string page) => [.. Regex.Matches(page, "<tr data-key=\"s\\d+-\\d+\">.*?</tr>", RegexOptions.Singleline).Select(m => m.Value.ReplaceLineEndings(" "))];
    }

    [Fact]
    public async Task LostAttempts_OfMoreThanAPage_AreAllListedWithTheirLogs()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            FakeSweep sweep = await StartAsync(s, 55, d => d);
            for (int n = 1; n <= 55; n++)
            {
                await sweep.BeginAsync(n);
                await sweep.ApplyAsync(t => new AttemptLost(t, n, 1, "its silo was lost", LossCause.WorkerLost));
                await sweep.BeginAsync(n, 2);
                await sweep.EndAsync(n, 1000, 10, epoch: 2);
            }
        });
        string first = await PageAsync(site, "/broke"), second = await PageAsync(site, "/broke?lost=2&slots=2");
        // The latest first.
        Assert.Equal(Enumerable.Range(6, 50).Reverse(), Lost(first));
        Assert.Equal([5, 4, 3, 2, 1], Lost(second));
        Assert.Contains("href=\"/sweeps/pages-1/experiments/5/logs/1\"", second);
        Assert.Contains("href=\"/sweeps/pages-1/broke?lost=2#lost-title\"", first);
        Assert.Contains("slots=2&amp;lost=1#lost-title\"", second);

        static int[] Lost(string page) => [.. Regex.Matches(page, "<tr data-key=\"l(\\d+)-1\">").Select(m => int.Parse(m.Groups[1].Value))];
    }

    [Fact]
    public async Task Sweep_ThatIsDeleted_IsSoonToldToBeGone()
    {
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        await using Site site = await Site.StartAsync(async s =>
        {
            s.Time = time;
            await StartAsync(s, 1, d => d);
        });
        await PageAsync(site, "");
        await foreach (BlobInfo blob in site.Store.ListAsync(StoreLayout.Sweep(Id), CancellationToken.None))
            await site.Store.DeleteAsync(blob.Name, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(404, (await site.SendAsync(HttpMethod.Get, $"/sweeps/{Id}")).Status);
        Assert.Equal(404, (await site.SendAsync(HttpMethod.Get, $"/api/v1/sweeps/{Id}")).Status);
    }

    private static Task<FakeSweep> StartAsync(Site site, int experiments, Func<SweepDefinition, SweepDefinition> change) => FakeSweep.StartAsync(
        site.Store, change(FakeSweep.Define([.. Enumerable.Range(1, experiments).Select(n => FakeSweep.Point(("preset", "dcgan"), ("lr_d", $"{n}e-5"), ("size", "16"), ("hidden", "1")))], budget: 1000)), Id);

    private static async Task<string> PageAsync(Site site, string path)
    {
        Answer answer = await site.SendAsync(HttpMethod.Get, $"/sweeps/{Id}{path}", headers: ("Accept", "text/html"));
        Assert.True(answer.Status == 200, $"{path} answered {answer.Status}: {answer.Text}");
        return answer.Text;
    }
}
