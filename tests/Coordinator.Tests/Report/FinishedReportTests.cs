using System.Globalization;
using System.Xml.Linq;

namespace CatGan.Coordinator.Tests.Report;

public sealed class FinishedReportTests(FourGansReport made) : IClassFixture<FourGansReport>
{
    private readonly ReportFile report = made.File;

    [Fact]
    public void Report_Finished_NamesTheBestAndItsMarginAgainstTheFloor()
    {
        Search.ConfigurationRank best = made.Sweep.Sweep.Ranking()[0];
        string words = report.Words("headline");
        Assert.Contains("WGAN-GP with lr 5e-5 makes the best cats", words);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"SWD {best.Mean:0.0} ± {best.Spread:0.0} over 2 repeats, {best.Mean / 6.1:0.00}× the floor of 6.10"), words);
        Assert.Contains("Behind it: DCGAN at", words);
    }

    [Fact]
    public void Report_Finished_RanksEveryConfigurationAsTheSweepDoes()
    {
        string[][] rows = report.Rows("ranking");
        IReadOnlyList<Search.ConfigurationRank> ranking = made.Sweep.Sweep.Ranking();
        Assert.Equal(ranking.Count, rows.Length);
        Assert.All(rows.Zip(ranking), pair => Assert.Equal(pair.Second.Place?.ToString(CultureInfo.InvariantCulture) ?? "–", pair.First[0]));
        Assert.Equal("2 of 2", rows[0][4]);
        Assert.Contains("out of memory", rows[^2][^1]);
        Assert.Contains("diverged", rows[^1][^1]);
    }

    [Fact]
    public void Report_Finished_ShowsTheVariantsWithPicturesAndHowManyWorked()
    {
        XElement[] cards = [.. report.Section("variants")!.Descendants().Where(e => e.Name.LocalName == "article")];
        Assert.Equal(["DCGAN", "LSGAN", "WGAN", "WGAN-GP"], cards.Select(c => c.Elements().First().Value.Trim().Split(' ')[0]));
        Assert.All(cards, c => Assert.Contains(c.Descendants(), e => e.Name.LocalName == "img"));
        Assert.EndsWith("Worked5 of 6 ended", cards[0].Value);
        Assert.EndsWith("Worked4 of 6 ended", cards[2].Value);
    }

    [Fact]
    public void Report_Finished_GivesEveryFailureItsReason()
    {
        string[][] rows = report.Rows("verdicts");
        Assert.Equal(4, rows.Length);
        Assert.Equal(2, rows.Count(r => r[1].Contains("diverged") && r[3].Contains("not finite")));
        Assert.Contains(rows, r => r[1].Contains("collapsed") && r[3].Contains("MS-SSIM 0.83"));
        Assert.Contains(rows, r => r[1].Contains("out of memory") && r[3].Contains("Halve batch"));
    }

    [Fact]
    public void Report_Finished_ShowsCurvesAndStripsOfEveryExperiment()
    {
        XElement[] cards = [.. report.Section("experiments")!.Elements().Where(e => e.Name.LocalName == "article")];
        Assert.Equal(24, cards.Length);
        XElement first = cards[0];
        Assert.Equal(3, first.Descendants().Count(e => (string?)e.Attribute("class") == "chart"));
        Assert.Single(first.Descendants(), e => (string?)e.Attribute("class") == "strip");
        Assert.Contains("40k", first.Value);
    }

    [Fact]
    public void Report_Finished_ComparesSamplesWithRealPictures()
    {
        string words = report.Words("neighbours");
        Assert.Contains("over 200 real pictures", words);
        Assert.Contains("of 64 samples", words);
    }

    [Fact]
    public void Report_Finished_SaysWhatMadeItAndHowToMakeItAgain()
    {
        string words = report.Words("reproduce");
        Assert.Contains("Trained withCatGan 0.1.0, libtorch 2.10.0", words);
        Assert.Matches("catgan run spec.yaml --store file:/", words);
        Assert.Contains("dataset: builtin:drawn-cats", words);
    }

    [Fact]
    public void Report_Any_NeedsNothingBesideItself()
    {
        Assert.All(report.Attributes("src", "href"), a => Assert.Matches("^(data:image/(png|jpeg);base64,|#)", a.Value));
        Assert.Empty(report.All("script"));
        Assert.Empty(report.All("link"));
        Assert.DoesNotContain("@import", report.Text);
        Assert.DoesNotContain("url(", report.Text);
    }

    [Fact]
    public void Report_Any_CanBeReadWithoutEyes()
    {
        Assert.All(report.All("img"), i => Assert.NotEmpty((string?)i.Attribute("alt") ?? ""));
        Assert.All(report.Drawn("svg").Where(s => (string?)s.Attribute("role") == "img"), s => Assert.NotEmpty((string?)s.Attribute("aria-label") ?? ""));
        Assert.All(report.All("table"), t => Assert.Contains(t.Descendants(), e => (string?)e.Attribute("scope") == "col"));
        string[] ids = [.. report.Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(report.All("a"), a => Assert.Contains(((string)a.Attribute("href")!)[1..], ids));
    }

    [Fact]
    public void Report_Any_DrawsInsideItsCharts()
    {
        foreach (XElement line in report.Drawn("polyline"))
        {
            XElement chart = line.Ancestors().First(a => a.Attribute("viewBox") is not null);
            double[] box = Numbers((string)chart.Attribute("viewBox")!), points = Numbers((string)line.Attribute("points")!);
            Assert.All(points.Where((_, i) => i % 2 == 0), x => Assert.InRange(x, 0, box[2]));
            Assert.All(points.Where((_, i) => i % 2 == 1), y => Assert.InRange(y, 0, box[3]));
        }
    }

    private static double[] Numbers(string text) => [.. text.Split([' ', ',']).Select(t => double.Parse(t, CultureInfo.InvariantCulture))];
}
