using CatGan.Abstractions;
using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>Which configuration makes the best cats, by what margin, its picture, and how the variants compare.</summary>
internal sealed class HeadlineSection : IReportSection
{
    public string Id => "headline";

    public string Title => "Which GAN makes the best cats?";

    public bool Applies(ReportModel model) => true;

    public void Write(Markup markup, ReportModel model)
    {
        SweepRecord sweep = model.Sweep;
        if (model.Best is not { } best)
        {
            markup.Element("p", Nothing(sweep), ("class", "big"));
            Problems(markup, sweep);
            return;
        }
        markup.Open("p", ("class", "big")).Element("strong", Name(model, best)).Text(" " + Claim(sweep, best)).Close();
        if (Others(model, best) is { Length: > 0 } others)
            markup.Element("p", others, ("class", "big"));
        if (Verdict.Of(best) is { Class: "v-warn" or "v-bad" } verdict)
            markup.Element("p", $"Look at the pictures before you believe the score: {verdict.Word}. {verdict.Why}".Trim());
        Problems(markup, sweep);
        markup.Open("div", ("class", "grid2"));
        Picture(markup, model, best);
        markup.Open("figure");
        RankChart.Write(markup, model);
        markup.Element("figcaption", $"Each configuration's {Words.Metric(sweep.Metric)}, mean over its repeats with their spread; the large point is a variant's best. "
            + "The dashed line is the floor: what real pictures reach against other real pictures.");
        markup.Close().Close();
    }

    private static string Name(ReportModel model, ConfigurationRank best)
    {
        string label = model.Labels.Of(best.Best);
        return Family.Of(best.Best.Options).Name + (label.Length > 0 ? $" with {label}" : "");
    }

    private static string Claim(SweepRecord sweep, ConfigurationRank best)
    {
        string repeats = best.Scored > 1 ? $" over {best.Scored} repeats" : "";
        string floor = best.TimesFloor is { } times ? $", {Words.Times(times)} the floor of {Words.Score(best.Floor)} that real pictures reach against each other" : "";
        string so = sweep.Phase == SweepPhase.Finished && best.Rank == 1 ? "" : " so far";
        return $"makes the best cats{so}: {Words.Metric(sweep.Metric)} {Words.Spread(best.Mean, best.Spread)}{repeats}{floor}. "
            + $"{(sweep.Minimize ? "Smaller is better." : "Larger is better.")}";
    }

    private static string Others(ReportModel model, ConfigurationRank best)
    {
        Family own = Family.Of(best.Best.Options);
        FamilyResult[] others = [.. model.Families.Where(f => f.Family != own && f.Best.Mean is not null).OrderBy(f => model.Order(f.Best))];
        string[] unscored = [.. model.Families.Where(f => f.Best.Mean is null).Select(f => f.Family.Name)];
        string words = others.Length == 0 ? "" : "Behind it: " + string.Join(", ", others.Select(f => $"{f.Family.Name} at {Words.Score(f.Best.Mean)}{Against(f.Best, best)}")) + ".";
        return unscored.Length == 0 ? words : $"{words} No score yet or at all: {string.Join(", ", unscored)}.".Trim();
    }

    // The margin is worth words only where the spread over repeats does not swallow it.
    private static string Against(ConfigurationRank other, ConfigurationRank best)
    {
        double spread = Math.Sqrt(Square(other.Spread) + Square(best.Spread));
        return spread > 0 && Math.Abs(other.Mean!.Value - best.Mean!.Value) < spread ? " (within the repeats' spread)" : "";
    }

    private static double Square(double? value) => (value ?? 0) * (value ?? 0);

    private static string Nothing(SweepRecord sweep)
    {
        if (sweep.Experiments.All(e => e.Phase == ExperimentPhase.Waiting))
            return "Nothing has been trained yet.";
        string words = string.Join(", ", sweep.Experiments.GroupBy(e => Verdict.Of(e).Word).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}"));
        return $"No experiment has a full score{(sweep.Phase is SweepPhase.Finished or SweepPhase.Cancelled ? "" : " yet")}: {words}. The verdicts below say why.";
    }

    private static void Problems(Markup markup, SweepRecord sweep)
    {
        if (sweep.Problems.IsEmpty)
            return;
        markup.Open("ul", ("class", "hint"));
        foreach (string problem in sweep.Problems)
            markup.Element("li", problem);
        markup.Close();
    }

    private static void Picture(Markup markup, ReportModel model, ConfigurationRank best)
    {
        markup.Open("figure");
        if (model.Pictures.GetValueOrDefault(best.Best.Number)?.Large is { } picture)
        {
            markup.Empty("img", ("class", "samples"), ("src", picture.Uri), ("width", $"{picture.Width}"), ("height", $"{picture.Height}"),
                ("alt", $"Pictures drawn by the best generator, {model.Labels.Full(best.Best)}."));
        }
        else
        {
            markup.Element("div", "No samples were kept.", ("class", "none"));
        }
        long images = model.Pictures.GetValueOrDefault(best.Best.Number)?.CornerImages ?? best.Best.Images;
        markup.Element("figcaption", $"Drawn by {model.Labels.Full(best.Best)} after {Words.Count(images)} images, by the averaged generator, not chosen by hand.");
        markup.Close();
    }
}
