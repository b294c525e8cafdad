using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Results;
using CatGan.Search;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Which sweeps a person means by what is known of each: every part must hold.</summary>
internal sealed record SweepFilter
{
    /// <summary>Tags that it must have, all of them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What its name or id must contain, in any case; null for anything.</summary>
    public string? Name { get; init; }

    /// <summary>States of which it must be in one; empty for any.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Variants of which it must have tried one: a preset, or the name as reports write it; empty for any.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>True when it lets everything through.</summary>
    public bool IsEmpty => Tags.Count == 0 && Name is null && States.Count == 0 && Variants.Count == 0;

    /// <summary>True for a sweep that is meant.</summary>
    public bool Takes(SweepSummary sweep) =>
        Tags.All(sweep.Tags.Contains)
        && (Name is null || sweep.Name.Contains(Name, StringComparison.OrdinalIgnoreCase) || sweep.Sweep.Contains(Name, StringComparison.OrdinalIgnoreCase))
        && (States.Count == 0 || States.Contains(Word(sweep.Stage)))
        && (Variants.Count == 0 || sweep.Values.GetValueOrDefault(ExperimentSettings.Preset, []).Any(p => IsVariant(p, Presets.Find(p))));

    /// <summary>True for an experiment of a variant that is meant.</summary>
    public bool IsVariant(string? preset, ExperimentOptions? options) => Variants.Count == 0 || Variants.Any(v =>
        string.Equals(v, preset, StringComparison.OrdinalIgnoreCase)
        || options is not null && string.Equals(v, Family.Of(options).Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for a row of a variant that is meant.</summary>
    public bool IsVariant(ResultRow row) => IsVariant(row.Experiment.Settings.GetValueOrDefault(ExperimentSettings.Preset), row.Experiment.Options);

    /// <summary>The states as typed.</summary>
    /// <exception cref="UserException">One of them is none.</exception>
    public static IReadOnlyList<string> CheckStates(string option, IReadOnlyList<string> typed)
    {
        string[] known = [.. Enum.GetValues<SweepStage>().Select(Word)];
        return typed.Except(known).FirstOrDefault() is { } bad
            ? throw new UserException(ExitCode.BadInput, $"{option} is {bad}, but must be one of {string.Join(", ", known)}")
            : typed;
    }

    /// <summary>A state as a person writes it.</summary>
    public static string Word(SweepStage stage) => stage.ToString().ToLowerInvariant();
}
