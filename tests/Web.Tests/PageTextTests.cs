using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Web.Tests.Support;

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

    private static Task<FakeSweep> StartAsync(Site site, int experiments, Func<SweepDefinition, SweepDefinition> change) => FakeSweep.StartAsync(
        site.Store, change(FakeSweep.Define([.. Enumerable.Range(1, experiments).Select(n => FakeSweep.Point(("preset", "dcgan"), ("lr_d", $"{n}e-5"), ("size", "16"), ("hidden", "1")))], budget: 1000)), Id);

    private static async Task<string> PageAsync(Site site, string path)
    {
        Answer answer = await site.SendAsync(HttpMethod.Get, $"/sweeps/{Id}{path}", headers: ("Accept", "text/html"));
        Assert.True(answer.Status == 200, $"{path} answered {answer.Status}: {answer.Text}");
        return answer.Text;
    }
}
