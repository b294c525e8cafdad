using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>How long it took, on what, and how fast.</summary>
internal sealed class TimingsSection : IReportSection
{
    public string Id => "timings";

    public string Title => "Timings";

    public bool Applies(ReportModel model) => model.Sweep.Experiments.Any(e => e.Seconds > 0);

    public void Write(Markup markup, ReportModel model)
    {
        SweepRecord sweep = model.Sweep;
        ExperimentRecord[] trained = [.. sweep.Experiments.Where(e => e.Seconds > 0)];
        double seconds = trained.Sum(e => e.Seconds), wall = (sweep.LastEventAt - sweep.SubmittedAt).TotalSeconds;
        markup.Element("p", $"{Words.Duration(seconds)} of training in {Words.Duration(wall)} from submission to the last event, "
            + $"{Words.Count(trained.Sum(e => (double)e.Images))} images in all, {Words.Count(Math.Round(trained.Sum(e => (double)e.Images) / seconds))} images/s of training.");
        Table.Open(markup, "Timings of each experiment", "An attempt more than one means that it went on from a checkpoint after a stop or the loss of its silo.",
            [("#", true), ("Variant", false), ("Images", true), ("Updates", true), ("Time", true), ("Images/s", true), ("Attempts", true), ("GPU worker", false)]);
        foreach (ExperimentRecord experiment in trained.Take(model.Limits.TableRows))
        {
            markup.Open("tr").Element("th", $"{experiment.Number}", ("scope", "row"), ("class", "num")).Element("td", Family.Of(experiment.Options).Name);
            markup.Element("td", Words.Count(experiment.Images), ("class", "num")).Element("td", Words.Count(experiment.Updates), ("class", "num"));
            markup.Element("td", Words.Duration(experiment.Seconds), ("class", "num"));
            markup.Element("td", experiment.ImagesPerSecond is { } speed ? Words.Count(Math.Round(speed, 1)) : "–", ("class", "num"));
            markup.Element("td", $"{experiment.Attempts}", ("class", "num")).Element("td", experiment.Worker.Length > 0 ? experiment.Worker : "–").Close().Line();
        }
        Table.Close(markup, trained.Length, model.Limits.TableRows, "experiment");
    }
}
