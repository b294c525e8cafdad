using System.Collections.Immutable;
using CatGan.Search.Samplers;

namespace CatGan.Search.Tests;

/// <summary>Small definitions that tests start from.</summary>
internal static class TestDefinitions
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A grid of two learning rates, one repeat, budget 1000 with rungs at 250, 500 and 750.</summary>
    public static SweepDefinition Small { get; } = new()
    {
        Name = "small",
        Dataset = "builtin:drawn-cats",
        BudgetImages = 1000,
        Sampler = SamplerChoice.Of("grid"),
        Space = new([new FixedParameter("preset", "dcgan"), new ChoiceParameter("lr_d", ["1e-4", "5e-5"])]),
        ReportEvery = 50,
        CheckpointEvery = 250,
        SamplesEvery = 500,
        Rungs = [250, 500, 750],
    };

    /// <summary>What a sampler sees before anything was tried.</summary>
    public static IConfigurationResults NoResults { get; } = new ConfigurationResults(Small.Objective, 1);

    public static ParameterSpace Space(params Parameter[] parameters) => new([.. parameters]);

    public static Configuration Point(params (string Name, string Value)[] values) => new(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));

    public static Sweep Start(SweepDefinition definition, int capacity = 1) => Start(definition, capacity, out _);

    public static Sweep Start(SweepDefinition definition, int capacity, out IReadOnlyList<SweepAction> actions) =>
        Sweep.Start(new SweepSubmitted(Noon, definition, capacity), out actions);

    public static ImmutableSortedDictionary<string, double> Swd(double value) => ImmutableSortedDictionary<string, double>.Empty.Add("swd", value);

    public static AttemptStarted Started(int number, int epoch = 1) => new(Noon, number, epoch, $"worker-{number}");

    public static AttemptLost Lost(int number, int epoch = 1) => new(Noon, number, epoch, "lease lost");

    public static RungReached Rung(int number, long images, double swd, int epoch = 1) => new(Noon, number, epoch, images, Swd(swd));

    public static CheckpointSaved Saved(int number, long images, int epoch = 1) =>
        new(Noon, number, epoch, images, images / 10, images / 100.0, Blob(number, images, epoch), "ab", 7);

    public static string Blob(int number, long images, int epoch = 1) => $"{number}/{images}-{epoch}";

    public static ExperimentEnded Ended(int number, double? swd, ExperimentOutcome outcome = ExperimentOutcome.Completed, int epoch = 1, string? reason = null) =>
        new(Noon, number, epoch, outcome, reason, ImmutableSortedDictionary<string, string>.Empty, 1000, 100, 10,
            swd is { } value ? Swd(value) : ImmutableSortedDictionary<string, double>.Empty);
}
