using System.Globalization;
using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using CatGan.Search;

namespace CatGan.Coordinator.Spec;

/// <summary>What no part of a spec can tell alone: whether settings fit together and fit the data.</summary>
internal static class SpecChecks
{
    /// <summary>Faults of a definition whose parts are right by themselves.</summary>
    public static IEnumerable<PlacedFault> Find(SweepDefinition definition, SpecPlaces places) =>
    [
        .. Points(definition, places),
        .. WithoutEffect(definition, places),
        .. Batches(definition, DatasetReference.Parse(definition.Dataset).Drawn?.Count, places),
        .. Schedules(definition, places),
    ];

    /// <summary>Faults of batches larger than the data set or the budget.</summary>
    /// <param name="definition">The sweep.</param>
    /// <param name="pictures">Pictures in the data set; null when that is not known yet.</param>
    /// <param name="places">Where things stand.</param>
    public static IEnumerable<PlacedFault> Batches(SweepDefinition definition, int? pictures, SpecPlaces places)
    {
        foreach ((string path, int batch) in Values(definition, "batch", o => o.Batch))
        {
            if (batch > pictures)
                yield return places.At(path, $"batch is {batch}, but the data set {definition.Dataset} has {pictures} pictures; take a smaller batch");
            else if (batch > definition.BudgetImages)
                yield return places.At(path, $"batch is {batch}, but budget.images is {definition.BudgetImages}; take a smaller batch or a larger budget");
        }
    }

    /// <summary>Every picture size that an experiment of the sweep may have.</summary>
    public static IReadOnlyList<int> Sizes(SweepDefinition definition) => [.. Values(definition, "size", o => o.Size).Select(v => v.Value).Distinct().Order()];

    private static IEnumerable<PlacedFault> Points(SweepDefinition definition, SpecPlaces places)
    {
        for (int i = 0; i < definition.Also.Length; i++)
        {
            ExperimentSettings.Create(definition.Space.Complete(definition.Also[i]), out IReadOnlyList<string> wrong);
            foreach (string fault in wrong)
                yield return places.At($"also[{i}]", $"also[{i}]: {fault}");
        }
    }

    /// <summary>A varied setting that some of the presets it varies with ignore would run the same thing several times.</summary>
    private static IEnumerable<PlacedFault> WithoutEffect(SweepDefinition definition, SpecPlaces places)
    {
        foreach (Parameter parameter in definition.Space.Parameters.Where(p => p is not FixedParameter))
        {
            Setting setting = ExperimentSettings.Find(parameter.Name)!;
            if (setting.AppliesTo.IsEmpty)
                continue;
            string[] possible = [.. PresetsOf(definition, parameter)];
            string[] fitting = [.. possible.Where(p => setting.AppliesTo.Contains(Presets.Find(p)!.Variant))];
            string[] others = [.. possible.Except(fitting)];
            if (others.Length > 0)
            {
                yield return places.At(
                    $"parameters.{parameter.Name}",
                    $"{parameter.Name} varies, but means nothing to {string.Join(", ", others)}; "
                    + (fitting.Length > 0 ? $"add when: {{preset: [{string.Join(", ", fitting)}]}}" : "remove it"));
            }
        }
    }

    private static IEnumerable<string> PresetsOf(SweepDefinition definition, Parameter parameter)
    {
        IEnumerable<string> all = definition.Space.Find(ExperimentSettings.Preset)?.Extremes() ?? [];
        return parameter.When.FirstOrDefault(c => c.Parameter == ExperimentSettings.Preset) is { } condition ? all.Intersect(condition.Values) : all;
    }

    private static IEnumerable<PlacedFault> Schedules(SweepDefinition definition, SpecPlaces places)
    {
        if (definition.BudgetImages == TrainingPlan.NoLimit && definition.Space.Find("lr_schedule") is { } schedule && schedule.Extremes().Any(v => v != "constant"))
            yield return places.At("parameters.lr_schedule", "lr_schedule other than constant needs budget.images, over which the rates fall; add it");
    }

    /// <summary>The values that a whole-numbered setting may have, each with where it comes from; a preset's own where it is not set.</summary>
    private static IEnumerable<(string Path, int Value)> Values(SweepDefinition definition, string name, Func<ExperimentOptions, int> read)
    {
        Parameter? parameter = definition.Space.Find(name);
        foreach (string text in parameter?.Extremes() ?? [])
            yield return ($"parameters.{name}", int.Parse(text, CultureInfo.InvariantCulture));
        foreach (string preset in parameter is null or { When.IsEmpty: false } ? definition.Space.Find(ExperimentSettings.Preset)?.Extremes() ?? [] : [])
            yield return ("parameters.preset", read(Presets.Find(preset)!));
        for (int i = 0; i < definition.Also.Length; i++)
        {
            if (ExperimentSettings.Create(definition.Space.Complete(definition.Also[i]), out _) is { } options)
                yield return ($"also[{i}]", read(options));
        }
    }
}
