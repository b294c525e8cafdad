using System.Globalization;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report;

/// <summary>
/// Short words for a configuration: only the settings in which it differs from others of its family, with
/// <c>lr_d</c> and <c>lr_g</c> drawn together where they are equal.
/// </summary>
internal sealed class ConfigurationLabels
{
    private static readonly string[] Rates = ["lr_d", "lr_g", "weight_decay"];
    private readonly Dictionary<int, string> _labels;

    /// <param name="experiments">All experiments of the sweep.</param>
    public ConfigurationLabels(IReadOnlyList<ExperimentRecord> experiments)
    {
        _labels = experiments.GroupBy(e => Family.Of(e.Options))
            .SelectMany(Label).ToDictionary(l => l.Number, l => l.Text);
        Varying = [.. Settings().Where(s => experiments.Select(e => e.Options).OfType<ExperimentOptions>().Select(s.ValueIn).Distinct().Skip(1).Any())];
        Common = [.. Settings().Except(Varying)];
    }

    /// <summary>Settings whose value in effect differs between experiments of the sweep.</summary>
    public IReadOnlyList<Setting> Varying { get; }

    /// <summary>Settings that all experiments share.</summary>
    public IReadOnlyList<Setting> Common { get; }

    /// <summary>Words for an experiment's configuration; empty when its family has only one.</summary>
    public string Of(ExperimentRecord experiment) => _labels.GetValueOrDefault(experiment.Number, "");

    /// <summary>The number, family and words: <c>#3 WGAN-GP · lr 1e-4</c>.</summary>
    public string Full(ExperimentRecord experiment)
    {
        string family = Family.Of(experiment.Options).Name, label = Of(experiment);
        return label.Length > 0 ? $"#{experiment.Number} {family} · {label}" : $"#{experiment.Number} {family}";
    }

    /// <summary>A setting's value as words: rates in powers of ten.</summary>
    public static string Value(Setting setting, ExperimentOptions options) =>
        Rates.Contains(setting.Name) ? Words.Rate(double.Parse(setting.ValueIn(options), CultureInfo.InvariantCulture)) : setting.ValueIn(options);

    private static IEnumerable<(int Number, string Text)> Label(IGrouping<Family, ExperimentRecord> family)
    {
        if (family.First().Options is null)
            return family.Select(e => (e.Number, string.Join(", ", e.Settings.Take(4).Select(s => $"{s.Key} {s.Value}"))));
        HashSet<string> varying = [.. Settings()
            .Where(s => family.Select(e => s.ValueIn(e.Options!)).Distinct().Skip(1).Any()).Select(s => s.Name)];
        return family.Select(e => (e.Number, Text(varying, e.Options!)));
    }

    private static string Text(HashSet<string> varying, ExperimentOptions options)
    {
        HashSet<string> left = [.. varying];
        List<string> words = [];
        Pair("lr_d", "lr_g", "lr", options.LrD == options.LrG);
        Pair("hidden_g", "hidden_d", "hidden", options.HiddenG == options.HiddenD);
        words.AddRange(Settings().Where(s => left.Contains(s.Name)).Select(s => $"{s.Name} {Value(s, options)}"));
        return string.Join(", ", words);

        void Pair(string a, string b, string both, bool equal)
        {
            if (equal && varying.Contains(a) && varying.Contains(b))
            {
                left.ExceptWith([a, b]);
                words.Add($"{both} {Value(ExperimentSettings.Find(a)!, options)}");
            }
        }
    }

    // The shorthands set two others, and a preset is told by its family.
    private static IEnumerable<Setting> Settings() => ExperimentSettings.All.Where(
        s => s.Name is not (ExperimentSettings.Preset or ExperimentSettings.HiddenBoth or ExperimentSettings.LrBoth));
}
