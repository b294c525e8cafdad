using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>The variants side by side as the 2017 comparison had them: the best of each, and how often each worked.</summary>
internal sealed class VariantsSection : IReportSection
{
    public string Id => "variants";

    public string Title => "The variants side by side";

    public bool Applies(ReportModel model) => model.Families.Count > 0;

    public void Write(Markup markup, ReportModel model)
    {
        markup.Element("p", "The best configuration of each variant. “Worked” counts all experiments of the variant that used their budget, or were stopped for a better one, without diverging, collapsing or getting stuck, and did not stay more than " + Words.Whole((long)Likenesses.NotYetFrom) + " times the floor away from real pictures, counted at " + Words.Whole(Likenesses.FullPictures) + " of them: how little care it asks for.");
        markup.Open("div", ("class", "cards"));
        foreach (FamilyResult family in model.Families)
            Card(markup, model, family);
        markup.Close();
    }

    private static void Card(Markup markup, ReportModel model, FamilyResult family)
    {
        ExperimentRecord best = family.Best.Best;
        markup.Open("article", ("class", "card")).Open("h3");
        Legend.Swatch(markup, family.Family);
        markup.Text(" " + family.Family.Name);
        if (family.Best.Rank is { } rank)
            markup.Element("span", $" place {rank}", ("class", "place"));
        markup.Close();
        if (model.Pictures.GetValueOrDefault(best.Number)?.Corner is { } picture)
        {
            markup.Empty("img", ("class", "samples"), ("src", picture.Uri), ("width", $"{picture.Width}"), ("height", $"{picture.Height}"),
                ("alt", $"Pictures drawn by the best {family.Family.Name}, experiment {best.Number}."));
        }
        else
        {
            markup.Element("div", "No samples were kept.", ("class", "none"));
        }
        markup.Open("dl");
        foreach ((string name, string value) in Facts(model, family))
            markup.Element("dt", name).Element("dd", value);
        markup.Close().Close();
    }

    private static IEnumerable<(string Name, string Value)> Facts(ReportModel model, FamilyResult family)
    {
        ConfigurationRank best = family.Best;
        yield return (Words.Metric(model.Sweep.Metric), Words.Spread(best.Shown, best.Spread) + (best.IsInterim ? " (interim)" : ""));
        yield return ("Against floor", Words.Times(best.ShownTimesFloor));
        if (best.ShownFloor is not null)
            yield return (best.Pictures > 0 ? $"Floor of {Words.Whole(best.Pictures)}" : "Floor", Words.Score(best.ShownFloor));
        if (Last(best.Best, "ms_ssim") is { } likeness && model.Sweep.Metric != "ms_ssim")
        {
            yield return ("MS-SSIM", Words.Score(likeness.Value));
            yield return ("of reals", Words.Score(likeness.Floor));
        }
        if (best.Best.Options is { } options)
        {
            yield return ("Rate D / G", $"{Words.Rate(options.LrD)} / {Words.Rate(options.LrG)}");
            yield return ("Hidden D / G", $"{options.HiddenD} / {options.HiddenG}");
            yield return ("Optimizer", options.Optimizer == OptimizerKind.Adam ? "Adam" : "RMSprop");
            yield return ("Critic steps", $"{options.NCritic}");
        }
        yield return ("Images", Words.Count(best.Best.Images));
        yield return ("Updates", Words.Count(best.Best.Updates));
        yield return ("Images/s", best.Best.ImagesPerSecond is { } speed ? Words.Count(Math.Round(speed)) : "–");
        int ended = family.Experiments.Count(e => e.Phase == ExperimentPhase.Ended);
        yield return ("Worked", ended == 0 ? "none has ended yet" : $"{family.Experiments.Count(e => e.Worked)} of {ended} ended");
    }

    private static Score? Last(ExperimentRecord experiment, string metric) =>
        experiment.Curve.LastOrDefault(p => p.Full && p.Scores.ContainsKey(metric))?.Scores[metric]
            ?? experiment.Curve.LastOrDefault(p => p.Scores.ContainsKey(metric))?.Scores[metric];
}
