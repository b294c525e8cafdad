using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>Every setting of every experiment: what varies in a table, what all share once.</summary>
internal sealed class SettingsSection : IReportSection
{
    public string Id => "settings";

    public string Title => "Settings";

    public bool Applies(ReportModel model) => model.Sweep.Experiments.Any(e => e.Options is not null);

    public void Write(Markup markup, ReportModel model)
    {
        ExperimentRecord[] known = [.. model.Sweep.Experiments.Where(e => e.Options is not null)];
        IReadOnlyList<Setting> varying = model.Labels.Varying;
        Table.Open(markup, "Settings of each experiment", "Values in effect, whether the spec sets them or the preset.",
            [("#", true), ("Preset", false), ("Seed", true), .. varying.Select(s => (s.Name, s.Kind is SettingKind.Real or SettingKind.Whole))]);
        foreach (ExperimentRecord experiment in known.Take(model.Limits.TableRows))
        {
            ExperimentOptions options = experiment.Options!;
            markup.Open("tr").Element("th", $"{experiment.Number}", ("scope", "row"), ("class", "num")).Element("td", options.Preset);
            markup.Element("td", $"{experiment.Seed}", ("class", "num"));
            foreach (Setting setting in varying)
            {
                bool means = setting.AppliesTo.IsDefaultOrEmpty || setting.AppliesTo.Contains(options.Variant);
                markup.Element("td", means ? ConfigurationLabels.Value(setting, options) : "·", ("class", setting.Kind is SettingKind.Real or SettingKind.Whole ? "num" : null));
            }
            markup.Close().Line();
        }
        Table.Close(markup, known.Length, model.Limits.TableRows, "experiment");
        Common(markup, model.Labels.Common, known);
    }

    private static void Common(Markup markup, IReadOnlyList<Setting> common, ExperimentRecord[] known)
    {
        Variant[] variants = [.. known.Select(e => e.Options!.Variant).Distinct()];
        Setting[] means = [.. common.Where(s => s.AppliesTo.IsDefaultOrEmpty || s.AppliesTo.Intersect(variants).Any())];
        if (means.Length == 0)
            return;
        markup.Element("h3", "The same in all experiments").Open("dl", ("class", "left"));
        foreach (Setting setting in means)
            markup.Element("dt", setting.Name).Open("dd").Text(ConfigurationLabels.Value(setting, known[0].Options!)).Element("span", " " + setting.Meaning, ("class", "hint")).Close();
        markup.Close();
    }
}
