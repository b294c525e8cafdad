using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Tests.Fakes;

/// <summary>Statuses of a sweep of two experiments.</summary>
internal static class Statuses
{
    public static SweepStatus Of(SweepPhase phase, params ExperimentStatus[] experiments) => new()
    {
        Sweep = "two-1234abcd",
        Phase = phase,
        Total = experiments.Length,
        Waiting = experiments.Count(e => e.Phase == ExperimentPhase.Waiting),
        Running = experiments.Count(e => e.Phase == ExperimentPhase.Running),
        Ended = experiments.Where(e => e.Outcome is not null).GroupBy(e => e.Outcome!.Value).ToImmutableSortedDictionary(g => g.Key, g => g.Count()),
        Images = experiments.Sum(e => e.Images),
        BudgetImages = experiments.Sum(e => e.BudgetImages),
        ImagesPerSecond = experiments.Sum(e => e.ImagesPerSecond),
        Best = experiments.Where(e => e.Score is not null).MinBy(e => e.Score) is { } best ? new(best.Number, "swd", best.Score!.Value) : null,
        Slots = 2,
        SubmittedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Experiments = [.. experiments],
    };

    public static ExperimentStatus Running(int number, long images, double speed = 100, double? score = null) =>
        Experiment(number, images) with { Phase = ExperimentPhase.Running, ImagesPerSecond = speed, Score = score, Attempts = 1 };

    public static ExperimentStatus Ended(int number, Outcome outcome, double? score = null, string? reason = null) =>
        Experiment(number, 1000) with { Phase = ExperimentPhase.Ended, Outcome = outcome, Score = score, Reason = reason, Attempts = 1 };

    public static ExperimentStatus Experiment(int number, long images = 0) => new()
    {
        Number = number,
        Phase = ExperimentPhase.Waiting,
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("preset", number == 1 ? "dcgan" : "wgan").Add("lr", $"{number}e-4").Add("size", "32"),
        Repeat = 0,
        Images = images,
        BudgetImages = 1000,
        ImagesPerSecond = 0,
        Attempts = 0,
    };
}
