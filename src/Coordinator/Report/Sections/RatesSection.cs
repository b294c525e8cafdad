using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>The learning rates of both networks and what they led to.</summary>
internal sealed class RatesSection : IReportSection
{
    private const int Most = 1000;

    public string Id => "rates";

    public string Title => "Learning rates of D and G";

    public bool Applies(ReportModel model) => Started(model).Any();

    public void Write(Markup markup, ReportModel model)
    {
        ExperimentRecord[] started = [.. Started(model)];
        markup.Open("figure", ("class", "card wide-card"));
        Legend.Families(markup, model.Families.Select(f => f.Family));
        RateChart.Write(markup, model.Sweep, model.Labels, [.. started.Take(Most)]);
        string left = started.Length > Most ? $" The first {Words.Whole(Most)} of {Words.Whole(started.Length)} experiments are drawn." : "";
        markup.Element("figcaption", "A point an experiment: its shape is the variant, its colour the score, a red cross marks one that diverged, collapsed, got stuck or failed, an empty one has no score. "
            + "Experiments with equal rates stand around their place." + left);
        markup.Close();
    }

    private static IEnumerable<ExperimentRecord> Started(ReportModel model) =>
        model.Sweep.Experiments.Where(e => e.Options is { LrD: > 0, LrG: > 0 } && (e.Attempts > 0 || e.Outcome is not null));
}
