using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;

namespace CatGan.Abstractions;

/// <summary>A sweep as it is handed in.</summary>
/// <param name="SpecYaml">The spec as written, kept for people.</param>
/// <param name="DefinitionJson">The validated definition (CatGan.Search.SweepDefinition) that the sweep runs on.</param>
[GenerateSerializer, Immutable, Alias("catgan.SweepSubmission")]
public sealed record SweepSubmission(string SpecYaml, string DefinitionJson);

/// <summary>Answer to a submission.</summary>
/// <param name="Accepted">True when the sweep is journaled.</param>
/// <param name="Fault">Why not, otherwise.</param>
[GenerateSerializer, Immutable, Alias("catgan.SubmitAnswer")]
public sealed record SubmitAnswer(bool Accepted, string? Fault);

/// <summary>Which experiments a status should list.</summary>
/// <param name="From">First experiment number of the page.</param>
/// <param name="Count">Most experiments to list; 0 for the summary alone.</param>
/// <param name="LiveOnly">List only experiments that run now.</param>
[GenerateSerializer, Immutable, Alias("catgan.StatusRequest")]
public sealed record StatusRequest(int From, int Count, bool LiveOnly);

/// <summary>Where a sweep is in its life.</summary>
public enum SweepPhase
{
    /// <summary>Experiments run or wait for a slot.</summary>
    Running,

    /// <summary>A person paused it; running experiments are leaving.</summary>
    Pausing,

    /// <summary>Paused; nothing of it runs.</summary>
    Paused,

    /// <summary>Every experiment has ended.</summary>
    Finished,

    /// <summary>A person ended it; nothing of it runs.</summary>
    Cancelled,

    /// <summary>A person ended it; running experiments are leaving.</summary>
    Cancelling,
}

/// <summary>Where an experiment is in its life.</summary>
public enum ExperimentPhase
{
    /// <summary>It waits for a slot (for the first time, or again after its silo was lost).</summary>
    Waiting,

    /// <summary>A GPU worker trains it.</summary>
    Running,

    /// <summary>It has an outcome.</summary>
    Ended,

    /// <summary>It has left with its last checkpoint and wants no slot, until its pruner or a person lets it go on.</summary>
    Paused,
}

/// <summary>Where a sweep stands.</summary>
[GenerateSerializer, Immutable, Alias("catgan.SweepStatus")]
public sealed record SweepStatus
{
    /// <summary>Id of the sweep.</summary>
    [Id(0)] public required string Sweep { get; init; }

    /// <summary>Its phase.</summary>
    [Id(1)] public required SweepPhase Phase { get; init; }

    /// <summary>All experiments of the sweep, repeats included.</summary>
    [Id(2)] public required int Total { get; init; }

    /// <summary>Experiments that have not started or wait again.</summary>
    [Id(3)] public required int Waiting { get; init; }

    /// <summary>Experiments on a slot.</summary>
    [Id(4)] public required int Running { get; init; }

    /// <summary>Experiments with an outcome, counted by it.</summary>
    [Id(5)] public required ImmutableSortedDictionary<Outcome, int> Ended { get; init; }

    /// <summary>Images trained so far over all experiments.</summary>
    [Id(6)] public required long Images { get; init; }

    /// <summary>Images that all budgets together allow.</summary>
    [Id(7)] public required long BudgetImages { get; init; }

    /// <summary>Images a second of all running experiments together.</summary>
    [Id(8)] public required double ImagesPerSecond { get; init; }

    /// <summary>The best full score so far and its experiment; null before the first.</summary>
    [Id(9)] public BestScore? Best { get; init; }

    /// <summary>Slots that work for this cluster now.</summary>
    [Id(10)] public required int Slots { get; init; }

    /// <summary>When the sweep was submitted.</summary>
    [Id(11)] public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The experiments asked for.</summary>
    [Id(12)] public required ImmutableArray<ExperimentStatus> Experiments { get; init; }

    /// <summary>Training time that each experiment may use; null without such a limit.</summary>
    [Id(13)] public TimeSpan? BudgetTime { get; init; }

    /// <summary>Experiments that the pruner or a person has paused.</summary>
    [Id(14)] public int Paused { get; init; }

    /// <summary>Why nothing of it starts although it runs: the store does not take what must last; null while it does.</summary>
    [Id(20)] public string? Hold { get; init; }
}

/// <summary>The best score of a sweep.</summary>
[GenerateSerializer, Immutable, Alias("catgan.BestScore")]
public sealed record BestScore(int Experiment, string Metric, double Value);

/// <summary>Where an experiment stands.</summary>
[GenerateSerializer, Immutable, Alias("catgan.ExperimentStatus")]
public sealed record ExperimentStatus
{
    /// <summary>Its number.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>Its phase.</summary>
    [Id(1)] public required ExperimentPhase Phase { get; init; }

    /// <summary>Its parameters as a spec writes them.</summary>
    [Id(2)] public required ImmutableSortedDictionary<string, string> Parameters { get; init; }

    /// <summary>Which repeat of its configuration, from 0.</summary>
    [Id(3)] public required int Repeat { get; init; }

    /// <summary>Images shown so far.</summary>
    [Id(4)] public required long Images { get; init; }

    /// <summary>Images of its budget; 1e12 stands for no limit in images.</summary>
    [Id(5)] public required long BudgetImages { get; init; }

    /// <summary>Images a second lately; 0 when it does not run.</summary>
    [Id(6)] public required double ImagesPerSecond { get; init; }

    /// <summary>Latest value of the objective, quick or full.</summary>
    [Id(7)] public double? Score { get; init; }

    /// <summary>Attempts started so far; each has a higher epoch.</summary>
    [Id(8)] public required int Attempts { get; init; }

    /// <summary>The GPU worker that trains it.</summary>
    [Id(9)] public string? Worker { get; init; }

    /// <summary>How it ended.</summary>
    [Id(10)] public Outcome? Outcome { get; init; }

    /// <summary>Why it ended so, and flags raised on the way.</summary>
    [Id(11)] public string? Reason { get; init; }

    /// <summary>Training time so far in seconds, attempts added up.</summary>
    [Id(12)] public double Seconds { get; init; }
}
