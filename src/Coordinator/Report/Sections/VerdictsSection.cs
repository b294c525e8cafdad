using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>What did not work and why.</summary>
internal sealed class VerdictsSection : IReportSection
{
    public string Id => "verdicts";

    public string Title => "Verdicts: what did not work, and why";

    public bool Applies(ReportModel model) => model.Sweep.Experiments.Any(e => e.Outcome is not null);

    public void Write(Markup markup, ReportModel model)
    {
        ExperimentRecord[] said = [.. model.Sweep.Experiments.Where(e => Verdict.Of(e) is { Class: not "v-good" } v && (e.Outcome is not null || v.Class == "v-warn"))];
        int worked = model.Sweep.Experiments.Count(e => Verdict.Of(e).Class == "v-good");
        markup.Element("p", $"{Words.Of(worked, "experiment")} worked to the end of the budget{(said.Length == 0 ? "; nothing went wrong." : $", {said.Length} did not:")}");
        if (said.Length == 0)
            return;
        Table.Open(markup, "Verdicts", "", [("Experiment", false), ("Verdict", false), ("At images", true), ("Why", false)]);
        foreach (ExperimentRecord experiment in said.Take(model.Limits.TableRows))
        {
            Verdict verdict = Verdict.Of(experiment);
            markup.Open("tr").Element("th", model.Labels.Full(experiment), ("scope", "row")).Open("td");
            verdict.Write(markup);
            markup.Close().Element("td", Words.Count(experiment.Images), ("class", "num"));
            markup.Element("td", verdict.Why.Length > 0 ? verdict.Why : "No reason was given.", ("class", "why")).Close().Line();
        }
        Table.Close(markup, said.Length, model.Limits.TableRows, "experiment");
    }
}
