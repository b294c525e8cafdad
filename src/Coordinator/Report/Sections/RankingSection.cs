using System.Globalization;
using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>All configurations in the order of their scores, against the floor.</summary>
internal sealed class RankingSection : IReportSection
{
    public string Id => "ranking";

    public string Title => "Ranking";

    public bool Applies(ReportModel model) => !model.Sweep.Ranking.IsEmpty;

    public void Write(Markup markup, ReportModel model)
    {
        SweepRecord sweep = model.Sweep;
        string metric = Words.Metric(sweep.Metric);
        Table.Open(markup, "Ranking of all configurations",
            $"{metric} is each repeat's best full score, mean ± standard deviation over the repeats. A configuration without a place has a repeat that has not ended, or that gave nothing to compare. The floor is the same measure between two halves of the real pictures: 1× would be as good as real. {Floors(sweep)} {NotYet(sweep)}".Trim(),
            [("#", true), ("Configuration", false), (metric, true), ("× floor", true), ("Repeats", true), ("Images", true), ("Updates", true), ("Verdict", false)]);
        double worst = sweep.Ranking.Max(c => c.ShownTimesFloor is { } t && double.IsFinite(t) ? t : 0);
        foreach (ConfigurationRank configuration in sweep.Ranking.Take(model.Limits.TableRows))
            Row(markup, model, configuration, worst);
        Table.Close(markup, sweep.Ranking.Length, model.Limits.TableRows, "configuration");
    }

    private static string NotYet(SweepRecord sweep) => sweep.Ranking.Any(c => Verdict.Of(c).Word.Contains(Verdict.NotCatsYet, StringComparison.Ordinal))
        ? $"“{Verdict.NotCatsYet}” is more than {Likenesses.NotYetFrom:0} times the floor, counted at {Words.Whole(Likenesses.FullPictures)} pictures."
        : "";

    // Quick scores look at fewer pictures than full ones: both they and their floor lie higher.
    private static string Floors(SweepRecord sweep)
    {
        string[] floors = [.. sweep.Ranking.Where(c => c is { Pictures: > 0, ShownFloor: not null }).GroupBy(c => (c.Pictures, Words.Score(c.ShownFloor)))
            .OrderByDescending(g => g.Key.Pictures).Select(g => Words.Floor(g.First().ShownFloor, g.Key.Pictures))];
        string which = floors.Length == 0 ? "" : $"The floor here: {string.Join(" and ", floors)}.";
        return sweep.Ranking.Any(c => c.IsInterim)
            ? $"{which} What is marked interim is the latest so far and no place yet; interim, quick is a score of few pictures, which lies higher than a full one, as does its floor.".Trim()
            : which;
    }

    private static void Row(Markup markup, ReportModel model, ConfigurationRank configuration, double worst)
    {
        ExperimentRecord best = configuration.Best;
        Family family = Family.Of(best.Options);
        string label = model.Labels.Of(best);
        markup.Open("tr").Element("td", configuration.Rank is { } rank ? $"{rank}" : "–", ("class", "num"));
        markup.Open("th", ("scope", "row"));
        Legend.Swatch(markup, family);
        markup.Text(" " + family.Name);
        if (label.Length > 0)
            markup.Element("span", label, ("class", "sub"));
        markup.Close();
        markup.Open("td", ("class", "num")).Text(Words.Spread(configuration.Shown, configuration.Spread));
        if (configuration.IsInterim)
            markup.Element("span", configuration.Mean is null ? "interim, quick" : "interim", ("class", "sub"));
        markup.Close();
        markup.Open("td", ("class", "num")).Text(Words.Times(configuration.ShownTimesFloor));
        if (configuration.ShownTimesFloor is { } times && worst > 0)
            Meter(markup, times / worst);
        markup.Close();
        markup.Element("td", $"{configuration.Scored} of {configuration.Experiments.Length}", ("class", "num"));
        markup.Element("td", Words.Count(configuration.Experiments.Average(e => e.Images)), ("class", "num"));
        markup.Element("td", Words.Count(configuration.Experiments.Average(e => e.Updates)), ("class", "num"));
        markup.Open("td");
        Verdict.Of(configuration).Write(markup);
        markup.Close().Close().Line();
    }

    private static void Meter(Markup markup, double part) =>
        markup.Open("span", ("class", "meter"), ("aria-hidden", "true"))
            .Open("span", ("style", string.Create(CultureInfo.InvariantCulture, $"width:{Math.Clamp(part, 0.01, 1) * 100:0.#}%"))).Close().Close();
}
