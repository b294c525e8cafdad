using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>A page of sweeps.</summary>
/// <param name="Sweeps">The sweeps.</param>
/// <param name="Next">Cursor of the next page; null for the last.</param>
/// <param name="Notes">With <c>where</c>: which sweeps could not be asked, and why.</param>
internal sealed record SweepPage(IReadOnlyList<SweepRow> Sweeps, string? Next, IReadOnlyList<string> Notes);

/// <summary>A sweep: what it runs, and where it stands.</summary>
internal sealed record SweepDto
{
    /// <summary>Its id.</summary>
    public required string Sweep { get; init; }

    /// <summary>Name as the spec gives it.</summary>
    public required string Name { get; init; }

    /// <summary>Its note; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>Words to find it by.</summary>
    public required ImmutableArray<string> Tags { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required SweepPhase Phase { get; init; }

    /// <summary>Why it was cancelled; null when it was not.</summary>
    public string? CancelReason { get; init; }

    /// <summary>Reference of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Metric that experiments are compared by.</summary>
    public required string Metric { get; init; }

    /// <summary>True when less of it is better.</summary>
    public required bool Minimize { get; init; }

    /// <summary>Name of the sampler.</summary>
    public required string Sampler { get; init; }

    /// <summary>Name of the pruner; null for none.</summary>
    public string? Pruner { get; init; }

    /// <summary>Images of each experiment; null without a limit in images.</summary>
    public long? BudgetImages { get; init; }

    /// <summary>Training time of each experiment in seconds; null without such a limit.</summary>
    public double? BudgetSeconds { get; init; }

    /// <summary>Images at which full scores are taken.</summary>
    public required ImmutableArray<long> Rungs { get; init; }

    /// <summary>Seed of the sweep.</summary>
    public required long Seed { get; init; }

    /// <summary>Experiments a configuration.</summary>
    public required int Repeats { get; init; }

    /// <summary>Weight in fair sharing.</summary>
    public required double Weight { get; init; }

    /// <summary>Most experiments that run at once; null for no cap.</summary>
    public int? Cap { get; init; }

    /// <summary>Parameters whose value is not the same in all experiments.</summary>
    public required ImmutableArray<string> Varying { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often a person has extended it.</summary>
    public required int Extensions { get; init; }

    /// <summary>Experiments in all.</summary>
    public required int Total { get; init; }

    /// <summary>Experiments that wait for a slot.</summary>
    public required int Waiting { get; init; }

    /// <summary>Experiments on a slot.</summary>
    public required int Running { get; init; }

    /// <summary>Experiments that are paused one by one.</summary>
    public required int Paused { get; init; }

    /// <summary>Experiments with an outcome, counted by it.</summary>
    public required IReadOnlyDictionary<string, int> Ended { get; init; }

    /// <summary>Images shown so far over all experiments.</summary>
    public required long Images { get; init; }

    /// <summary>Images a second of all running experiments together; null when no silo tells.</summary>
    public double? ImagesPerSecond { get; init; }

    /// <summary>The best full score so far; null before the first.</summary>
    public BestScore? Best { get; init; }

    /// <summary>Slots that work now; null when no silo tells.</summary>
    public int? Slots { get; init; }

    /// <summary>Why nothing of it starts although it runs; null while it does.</summary>
    public string? Hold { get; init; }

    /// <summary>True when a silo answered for it; false when all that is told comes from its journal.</summary>
    public required bool Live { get; init; }

    /// <summary>Place of the journal that this shows: events after it are news.</summary>
    public required long Sequence { get; init; }

    /// <summary>The sweep of a view, with the silo's progress where there is some.</summary>
    public static SweepDto Of(SweepView view, SweepStatus? live)
    {
        SweepStatus status = live ?? view.Status;
        SweepDefinition definition = view.Definition;
        return new SweepDto
        {
            Sweep = view.Id,
            Name = definition.Name,
            Note = definition.Note,
            Tags = definition.Tags,
            Phase = status.Phase,
            CancelReason = view.CancelReason,
            Dataset = definition.Dataset,
            Metric = definition.Objective.Metric,
            Minimize = definition.Objective.Minimize,
            Sampler = definition.Sampler.Name,
            Pruner = definition.Pruner?.Name,
            BudgetImages = definition.BudgetImages < TrainingPlan.NoLimit ? definition.BudgetImages : null,
            BudgetSeconds = definition.BudgetTime?.TotalSeconds,
            Rungs = definition.Rungs,
            Seed = definition.Seed,
            Repeats = definition.Repeats,
            Weight = definition.Weight,
            Cap = definition.Slots,
            Varying = [.. view.Summary.Values.Where(v => v.Value.Length > 1).Select(v => v.Key)],
            SubmittedAt = view.Summary.SubmittedAt,
            EndedAt = view.Summary.EndedAt,
            Extensions = view.Extensions,
            Total = status.Total,
            Waiting = status.Waiting,
            Running = status.Running,
            Paused = status.Paused,
            Ended = status.Ended.ToDictionary(e => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(e.Key.ToString()), e => e.Value),
            Images = status.Images,
            ImagesPerSecond = live?.ImagesPerSecond,
            Best = status.Best,
            Slots = live?.Slots,
            Hold = status.Hold,
            Live = live is not null,
            Sequence = view.Sequence,
        };
    }
}

/// <summary>One thing wrong with a spec.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What is wrong, and what to do.</param>
internal sealed record SpecFaultDto(int Line, int Column, string Message);
