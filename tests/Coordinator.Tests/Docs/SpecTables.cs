using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.Tests.Docs;

/// <summary>The tables of docs/spec.md as the catalogues have them.</summary>
internal static class SpecTables
{
    public static IEnumerable<string> Keys() => SpecKeys.All.Select(k => $"| `{k.Name}` | {k.Range} | {k.Default} | {k.Meaning} |");

    public static IEnumerable<string> Settings() => ExperimentSettings.All.Select(s => $"| `{s.Name}` | {s.Bound} | {Defaults(s)} | {s.Meaning}{AppliesTo(s)} |");

    private static string AppliesTo(Setting setting) => setting.AppliesTo.IsEmpty
        ? ""
        : $" Only {string.Join(", ", Presets.All.Where(p => setting.AppliesTo.Contains(p.Variant)).Select(p => p.Preset))}.";

    private static string Defaults(Setting setting)
    {
        if (setting.Name is ExperimentSettings.Preset)
            return "must be given";
        if (setting.Name is ExperimentSettings.HiddenBoth or ExperimentSettings.LrBoth)
            return $"see `{setting.Name}_g`, `{setting.Name}_d`";
        IGrouping<string, ExperimentOptions>[] values = [.. Presets.All.Where(p => setting.AppliesTo.IsEmpty || setting.AppliesTo.Contains(p.Variant)).GroupBy(setting.ValueIn)];
        IGrouping<string, ExperimentOptions> usual = values.MaxBy(g => g.Count())!;
        return string.Join("; ", values.OrderBy(g => g != usual).Select(g => g == usual ? g.Key : $"{g.Key} ({string.Join(", ", g.Select(p => p.Preset))})"));
    }
}
