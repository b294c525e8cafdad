using CatGan.Abstractions;
using CatGan.Coordinator.Report;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Report;

public sealed class OddReportTests : IDisposable
{
    private const string Hostile = "</title></style><script>alert('1')</script>&\"\u0001\u202E]]>\uD800 <img src=x onerror=alert(1)>";
    private readonly TemporaryStore temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task Report_HostileWords_AreOnlyWords()
    {
        FakeSweep sweep = await StartAsync(d => d with { Name = Hostile, Note = Hostile, Tags = [Hostile] });
        await temporary.Store.WriteTextAsync(StoreLayout.Spec(sweep.Id), Hostile);
        await sweep.BeginAsync(1);
        await sweep.EndAsync(1, 5_000, null, ExperimentOutcome.Failed, Hostile, flags: ("stuck", Hostile));
        ReportFile report = await ReportFile.MakeAsync(temporary);
        Assert.Empty(report.All("script"));
        Assert.DoesNotContain(report.All("img"), i => i.Attribute("onerror") is not null);
        Assert.StartsWith("</title></style><script>alert('1')</script>&\"", report.Heading);
        Assert.DoesNotContain('\u202E', report.Text);
        Assert.Contains("onerror", report.Words("verdicts"));
    }

    [Fact]
    public async Task Report_BudgetOfTimeAlone_SaysThatImagesHaveNoLimit()
    {
        await StartAsync(d => d with { BudgetImages = 1_000_000_000_000, BudgetTime = TimeSpan.FromMinutes(20) });
        ReportFile report = await ReportFile.MakeAsync(temporary);
        Assert.Contains("no limit in images, at most 20 min", report.Text);
        Assert.DoesNotContain("1,000,000,000,000", report.Text);
    }

    [Fact]
    public async Task Report_NothingTrained_SaysSo()
    {
        await StartAsync(d => d);
        ReportFile report = await ReportFile.MakeAsync(temporary);
        Assert.Contains("Nothing has been trained yet.", report.Words("headline"));
        Assert.Null(report.Section("experiments"));
    }

    [Fact]
    public async Task Report_AllDiverged_CountsThemAndShowsTheirCurves()
    {
        FakeSweep sweep = await StartAsync(d => d);
        for (int number = 1; number <= 2; number++)
        {
            await sweep.BeginAsync(number);
            await sweep.CurveAsync(number, 1, FakeSweep.Report(2_000, lossD: 3, lossG: 1e8), FakeSweep.Report(4_000, lossD: double.NaN, lossG: double.PositiveInfinity));
            await sweep.EndAsync(number, 4_000, null, ExperimentOutcome.Diverged, "D's loss is not finite.");
        }
        ReportFile report = await ReportFile.MakeAsync(temporary);
        Assert.Contains("No experiment has a full score: 2 diverged", report.Words("headline"));
        Assert.DoesNotContain("NaN", report.Section("experiments")!.ToString());
        Assert.Contains("Losses of experiment 1", report.Words("experiments"));
    }

    [Fact]
    public async Task Report_StillRunning_RanksWhatThereIsSoFar()
    {
        FakeSweep sweep = await StartAsync(d => d with { Repeats = 2 });
        await sweep.BeginAsync(1);
        await sweep.CurveAsync(1, 1, FakeSweep.Report(60_000, 12.5, full: true));
        await sweep.EndAsync(1, 60_000, 12.5);
        await sweep.BeginAsync(2);
        await sweep.CurveAsync(2, 1, FakeSweep.Report(6_000, 99));
        ReportFile report = await ReportFile.MakeAsync(temporary);
        Assert.Contains("Still running", report.All("header").Single().Value);
        Assert.Contains("makes the best cats so far: SWD 12.5, 2.50× the floor", report.Words("headline"));
        Assert.Equal(["–", "1 of 2"], [report.Rows("ranking")[0][0], report.Rows("ranking")[0][4]]);
        Assert.Contains("6k", report.Words("timings"));
    }

    [Fact]
    public async Task Report_PausedBeforeAnyFullScore_RanksTheQuickOnesAsInterim()
    {
        FakeSweep sweep = await StartAsync(d => d);
        for (int number = 1; number <= 2; number++)
        {
            await sweep.BeginAsync(number);
            await sweep.CurveAsync(number, 1, FakeSweep.Report(2_000, 40), FakeSweep.Report(4_000, 32 - (8 * number)));
        }
        await sweep.ApplyAsync(t => new PauseRequested(t));
        await sweep.LoseAsync(1);
        await sweep.LoseAsync(2);
        ReportFile report = await ReportFile.MakeAsync(temporary);
        Assert.Contains("WGAN leads in the interim: SWD 16.0, 2.00× the floor of 8.00 that 256 real pictures reach", report.Words("headline"));
        Assert.Contains("It is a quick score at 4k images", report.Words("headline"));
        Assert.Contains("Behind it: DCGAN at 24.0.", report.Words("headline"));
        Assert.DoesNotContain("Nothing has been trained", report.Text);
        Assert.Equal([["–", "WGAN", "16.0interim, quick"], ["–", "DCGAN", "24.0interim, quick"]], report.Rows("ranking").Select(r => r[..3]));
        Assert.All(report.Rows("ranking"), r => Assert.Contains("paused", r[^1]));
        Assert.Contains("Workednone has ended yet", report.Words("variants"));
    }

    [Fact]
    public async Task Report_BestFarFromRealPictures_SaysThatTheyAreNotCatsYet()
    {
        FakeSweep sweep = await StartAsync(d => d);
        foreach ((int number, double swd) in ((int, double)[])[(1, 40), (2, 90)])
        {
            await sweep.BeginAsync(number);
            await sweep.CurveAsync(number, 1, FakeSweep.Report(60_000, swd, full: true));
            await sweep.EndAsync(number, 60_000, swd);
        }
        ReportFile report = await ReportFile.MakeAsync(temporary);
        Assert.Contains("DCGAN is the best of these, but its pictures are not cats yet: SWD 40.0, 8.00× the floor of 5.00 that 2,048 real pictures reach", report.Words("headline"));
        Assert.All(report.Rows("ranking"), r => Assert.Contains("not cats yet", r[^1]));
        Assert.Contains("Worked0 of 1 ended", report.Words("variants"));
        Assert.Contains("its SWD of 90.0 is 18.0× the floor of 5.00 (2,048 pictures)", report.Words("verdicts"));
    }

    [Fact]
    public async Task Report_FloorsOfDifferentSizes_EachNameTheirs()
    {
        FakeSweep sweep = await StartAsync(d => d);
        await sweep.BeginAsync(1);
        await sweep.CurveAsync(1, 1, FakeSweep.Report(30_000, 30), FakeSweep.Report(60_000, 24, full: true));
        await sweep.EndAsync(1, 60_000, 24);
        ReportFile report = await ReportFile.MakeAsync(temporary);
        Assert.Contains("makes the best cats of these so far, and rough ones: SWD 24.0, 4.80×", report.Words("headline"));
        Assert.Contains("best full SWD 24.0 at 60k images, floor 5.00 (2,048 pictures)", report.Words("experiments"));
        Assert.Contains("8.00 (256 pictures) and 5.00 (2,048 pictures)", report.Words("progress"));
        Assert.Equal(["2,048 pictures", "256 pictures"], report.Drawn("text").Select(t => t.Value).Where(t => t.EndsWith(" pictures", StringComparison.Ordinal) && !t.Contains("real")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Report_OneExperimentWithoutPictures_StillHasItsNumbers()
    {
        FakeSweep sweep = await StartAsync(d => d with { Also = [d.Also[0]], Space = ParameterSpaceOf(d.Also[0]) });
        await sweep.BeginAsync(1);
        await sweep.EndAsync(1, 60_000, 7);
        ReportFile report = await ReportFile.MakeAsync(temporary);
        Assert.Contains("DCGAN makes the best cats: SWD 7.00.", report.Words("headline"));
        Assert.Contains("No samples were kept.", report.Words("variants"));
    }

    [Fact]
    public async Task Report_DataSetGone_SaysWhyNothingWasCompared()
    {
        FakeSweep sweep = await StartAsync(d => d with { Dataset = "gone" });
        FakeSamples samples = await FakeSamples.OpenAsync(temporary.Store, 16);
        await sweep.BeginAsync(1);
        await sweep.SamplesAsync(1, 10_000, 1, samples.Grid(0.5, 1));
        await sweep.EndAsync(1, 60_000, 7);
        ReportFile report = await ReportFile.MakeAsync(temporary);
        Assert.Contains("were not compared", report.Words("neighbours"));
        Assert.Contains("gone", report.Words("neighbours"));
    }

    [Fact]
    public async Task Report_SamplesThatAreNoPicture_AreLeftOut()
    {
        FakeSweep sweep = await StartAsync(d => d);
        await sweep.BeginAsync(1);
        await sweep.SamplesAsync(1, 10_000, 1, "not a png"u8.ToArray());
        await sweep.EndAsync(1, 60_000, 7);
        Assert.Contains("No samples were kept.", (await ReportFile.MakeAsync(temporary)).Words("headline"));
    }

    [Fact]
    public async Task Report_MoreExperimentsThanTheLimit_ShowsTheBestOfEachFamilyAndSaysWhatIsLeftOut()
    {
        FakeSweep sweep = await StartAsync(d => d with { Repeats = 12 });
        for (int number = 1; number <= sweep.Sweep.Total; number++)
        {
            await sweep.BeginAsync(number);
            await sweep.EndAsync(number, 60_000, number); // DCGAN has the numbers before WGAN
        }
        ReportFile report = await ReportFile.MakeAsync(temporary, limits: new ReportLimits { InFull = 8, TableRows = 10 });
        string[] cards = [.. report.Section("experiments")!.Elements().Where(e => e.Name.LocalName == "article").Select(a => a.Elements().First().Value)];
        Assert.Equal(8, cards.Length);
        Assert.Equal(3, cards.Count(c => c.Contains("WGAN")));
        Assert.Contains("16 more experiments left out", report.Words("experiments"));
        Assert.Equal(10, report.Rows("settings").Length);
    }

    [Fact]
    public async Task Report_UnknownSweep_IsNull() =>
        Assert.Null(await new ReportWriter(temporary.Store, TimeProvider.System, temporary.Cache).WriteAsync("none", CancellationToken.None));

    private static ParameterSpace ParameterSpaceOf(Configuration point) => new([.. point.Select(p => new FixedParameter(p.Key, p.Value))]);

    private async Task<FakeSweep> StartAsync(Func<SweepDefinition, SweepDefinition> change) => await FakeSweep.StartAsync(
        temporary.Store,
        change(FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"), ("size", "16")), FakeSweep.Point(("preset", "wgan"), ("size", "16"))])));
}
