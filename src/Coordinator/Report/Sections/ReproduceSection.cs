using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>What made it, and the exact command that makes it again.</summary>
internal sealed class ReproduceSection : IReportSection
{
    public string Id => "reproduce";

    public string Title => "Reproduce";

    public bool Applies(ReportModel model) => true;

    public void Write(Markup markup, ReportModel model)
    {
        SweepRecord sweep = model.Sweep;
        markup.Element("p", "Save the spec below as spec.yaml. On CPU slots of one thread, with the same processor type and versions, the same weights come out.");
        string store = model.Store.Any(char.IsWhiteSpace) ? $"\"{model.Store}\"" : model.Store, from = model.Server is { } server ? $"--server {server}" : $"--store {store}";
        markup.Open("pre").Element("code", $"./catgan run spec.yaml {from}\n./catgan results {sweep.Id} --csv {from}\n./catgan report {sweep.Id} {from}").Close();
        markup.Open("dl", ("class", "left"));
        foreach ((string name, string value) in Facts(model))
            markup.Element("dt", name).Element("dd", value);
        markup.Close();
        if (sweep.Spec.Length == 0)
            return;
        bool cut = sweep.Spec.Length > model.Limits.SpecLength;
        markup.Element("h3", "The spec").Open("pre").Element("code", cut ? sweep.Spec[..model.Limits.SpecLength] : sweep.Spec).Close();
        if (cut)
            markup.Element("p", "The rest is left out here; the whole spec is in the store.", ("class", "hint"));
    }

    private static IEnumerable<(string Name, string Value)> Facts(ReportModel model)
    {
        SweepRecord sweep = model.Sweep;
        yield return ("Sweep", sweep.Id);
        yield return ("Data set", sweep.Dataset);
        foreach ((int size, string hash) in sweep.DatasetHashes)
            yield return ($"Its content at {size} × {size}", $"sha256 {hash}");
        yield return ("Objective", $"{sweep.Metric}, {(sweep.Minimize ? "smaller" : "larger")} is better");
        string images = sweep.BudgetImages < TrainingPlan.NoLimit ? $"{Words.Whole(sweep.BudgetImages)} images an experiment" : "no limit in images";
        string time = sweep.BudgetTime is { } limit ? $", at most {Words.Duration(limit.TotalSeconds)} each" : "";
        yield return ("Budget", images + time);
        yield return ("Sampler", $"{sweep.Sampler}, seed {sweep.Seed}, {Words.Of(sweep.Repeats, "repeat")}");
        foreach ((string name, string value) in model.Versions)
            yield return (name, value);
    }
}
