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
        if (Caution(best) is { Length: > 0 } caution)
            markup.Element("p", caution);
        if (Others(model, best) is { Length: > 0 } others)
            markup.Element("p", others, ("class", "big"));
        if (Verdict.Of(best) is { Class: "v-warn" or "v-bad" } verdict)
            markup.Element("p", $"Look at the pictures before you believe the score: {verdict.Word}. {verdict.Why}".Trim());
        Problems(markup, sweep);
        markup.Open("div", ("class", "grid2"));
        Picture(markup, model, best);
        markup.Open("figure");
        RankChart.Write(markup, model);
        markup.Element("figcaption", $"Each configuration's {(best.Mean is null ? "latest quick " : "")}{Words.Metric(sweep.Metric)}, mean over its repeats with their spread; the large point is a variant's best. "
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
        string so = sweep.Phase == SweepPhase.Finished && best.Rank == 1 ? "" : " so far";
        string claim = best switch
        {
            { Mean: null } => "leads in the interim",
            { Likeness: Likeness.NotYet } => $"is the best of these{so}, but its pictures are not cats yet",
            { Likeness: Likeness.Rough } => $"makes the best cats of these{so}, and rough ones",
            _ => $"makes the best cats{so}",
        };
        string repeats = best.Scored > 1 ? $" over {best.Scored} repeats" : "";
        string floor = best.ShownTimesFloor is { } times
            ? $", {Words.Times(times)} the floor of {Words.Score(best.ShownFloor)} that {(best.Pictures > 0 ? Words.Whole(best.Pictures) + " " : "")}real pictures reach against {(best.Pictures > 0 ? "as many others" : "each other")}"
            : "";
        return $"{claim}: {Words.Metric(sweep.Metric)} {Words.Spread(best.Shown, best.Spread)}{repeats}{floor}. {(sweep.Minimize ? "Smaller is better." : "Larger is better.")}";
    }

    /// <summary>What to think of the score, where it is not the last word or far from real pictures.</summary>
    private static string Caution(ConfigurationRank best)
    {
        string interim = best.Mean is null
            ? $"It is a quick score at {Words.Count(best.Best.Interim?.Images ?? 0)} images: nothing has its full score yet, and so nothing has a place. "
            : "";
        string fewer = best.Likeness is Likeness.NotYet or Likeness.Rough && Words.AtFullSize(Likenesses.Of(best.Best)) is { Length: > 0 } full
            ? $"Few pictures have a high floor: this would be {full}. "
            : "";
        string words = best.Likeness switch
        {
            Likeness.NotYet => $"Above {Words.Whole((long)Likenesses.NotYetFrom)} times the floor there are blobs or noise: train longer before you believe the order.",
            Likeness.Rough => $"Between {Words.Whole((long)Likenesses.RoughFrom)} and {Words.Whole((long)Likenesses.NotYetFrom)} times the floor, what it shall be can be told, and little more: look at the pictures.",
            _ => "",
        };
        return $"{interim}{fewer}{words}".Trim();
    }

    private static string Others(ReportModel model, ConfigurationRank best)
    {
        Family own = Family.Of(best.Best.Options);
        FamilyResult[] others = [.. model.Families.Where(f => f.Family != own && Compares(f.Best, best)).OrderBy(f => model.Order(f.Best))];
        string[] unscored = [.. model.Families.Where(f => f.Family != own && !Compares(f.Best, best)).Select(f => f.Family.Name)];
        string words = others.Length == 0 ? "" : "Behind it: " + string.Join(", ", others.Select(f => $"{f.Family.Name} at {Words.Score(f.Best.Shown)}{Against(f.Best, best)}")) + ".";
        return unscored.Length == 0 ? words : $"{words} No {(best.Mean is null ? "" : "full ")}score yet or at all: {string.Join(", ", unscored)}.".Trim();
    }

    // Quick scores lie higher than full ones.
    private static bool Compares(ConfigurationRank other, ConfigurationRank best) => (best.Mean is null ? other.Interim : other.Mean) is not null;

    // The margin is worth words only where the spread over repeats does not swallow it.
    private static string Against(ConfigurationRank other, ConfigurationRank best)
    {
        double spread = Math.Sqrt(Square(other.Spread) + Square(best.Spread));
        return spread > 0 && Math.Abs(other.Shown!.Value - best.Shown!.Value) < spread ? " (within the repeats' spread)" : "";
    }

    private static double Square(double? value) => (value ?? 0) * (value ?? 0);

    private static string Nothing(SweepRecord sweep)
    {
        if (sweep.Experiments.All(e => e.Attempts == 0))
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
