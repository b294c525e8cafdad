using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Live;
using CatGan.Search;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>An experiment with all that its journal knows.</summary>
internal sealed record ExperimentDto
{
    /// <summary>Its number.</summary>
    public required int Experiment { get; init; }

    /// <summary>Index of its configuration, from 0.</summary>
    public required int Configuration { get; init; }

    /// <summary>Which repeat of the configuration, from 0.</summary>
    public required int Repeat { get; init; }

    /// <summary>Its training seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Place of its configuration in the ranking; null while it has none.</summary>
    public int? Rank { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ExperimentPhase Phase { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Why it ended or is paused so.</summary>
    public string? Reason { get; init; }

    /// <summary>Flags raised on the way, with their reasons.</summary>
    public required ImmutableSortedDictionary<string, string> Flags { get; init; }

    /// <summary>Its settings as the spec writes them.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>Every setting in effect; null when this version does not understand <see cref="Settings"/>.</summary>
    public ImmutableSortedDictionary<string, string>? Options { get; init; }

    /// <summary>Settings in effect that are not those of the sweep's best experiment: that one's value by name; null when it is the best or there is none.</summary>
    public ImmutableSortedDictionary<string, string>? DiffersFromBest { get; init; }

    /// <summary>Images shown.</summary>
    public required long Images { get; init; }

    /// <summary>Images of its budget; null without a limit in images.</summary>
    public long? BudgetImages { get; init; }

    /// <summary>Generator updates.</summary>
    public required long Updates { get; init; }

    /// <summary>Training time in seconds, attempts added up.</summary>
    public required double Seconds { get; init; }

    /// <summary>Images a second lately; null when it does not run.</summary>
    public double? ImagesPerSecond { get; init; }

    /// <summary>Latest value of the objective, quick or full; null before any.</summary>
    public double? Score { get; init; }

    /// <summary>Best full score; null before the first.</summary>
    public double? Best { get; init; }

    /// <summary>Images at which <see cref="Best"/> was taken.</summary>
    public long? BestImages { get; init; }

    /// <summary>The GPU worker that trains it; null when none does.</summary>
    public string? Worker { get; init; }

    /// <summary>Its attempts.</summary>
    public required ImmutableArray<AttemptDto> Attempts { get; init; }

    /// <summary>Its full scores.</summary>
    public required ImmutableArray<RungDto> Rungs { get; init; }

    /// <summary>Its checkpoints that are kept.</summary>
    public required ImmutableArray<CheckpointDto> Checkpoints { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>An experiment of a view, with the silo's progress where it runs.</summary>
    public static ExperimentDto Of(SweepView view, Experiment experiment, ExperimentStatus? live)
    {
        ExperimentRecord record = view.Record.Experiments[experiment.Number - 1];
        return new ExperimentDto
        {
            Experiment = experiment.Number,
            Configuration = experiment.ConfigurationIndex,
            Repeat = experiment.Repeat,
            Seed = experiment.Seed,
            Rank = view.Record.Ranking.FirstOrDefault(r => r.Configuration == experiment.ConfigurationIndex)?.Rank,
            Phase = live?.Phase ?? record.Phase,
            Outcome = record.Outcome,
            Reason = record.Reason.Length > 0 ? record.Reason : null,
            Flags = experiment.Flags,
            Settings = experiment.Configuration.Values,
            Options = Values(record.Options),
            DiffersFromBest = Difference(view, experiment),
            Images = Math.Max(live?.Images ?? 0, experiment.Images),
            BudgetImages = view.Definition.BudgetImages < TrainingPlan.NoLimit ? view.Definition.BudgetImages : null,
            Updates = experiment.Updates,
            Seconds = live?.Seconds ?? experiment.Seconds,
            ImagesPerSecond = live?.ImagesPerSecond,
            Score = live?.Score ?? Latest(experiment, view.Definition.Objective.Metric),
            Best = experiment.BestScore,
            BestImages = experiment.BestImages,
            Worker = live?.Worker ?? experiment.Worker,
            Attempts = [.. experiment.Attempts.Select(a => new AttemptDto(a.Epoch, a.Worker, a.StartedAt, a.EndedAt, a.LostBecause, a.Cause, a.Alone))],
            Rungs = [.. experiment.Rungs.Select(r => new RungDto(r.Images, r.Scores, r.Seconds))],
            Checkpoints = CheckpointDto.All(view, experiment),
            EndedAt = experiment.EndedAt,
        };
    }

    private static double? Latest(Experiment experiment, string metric) =>
        experiment.Rungs.LastOrDefault()?.Scores.TryGetValue(metric, out double score) == true ? score : experiment.BestScore;

    private static ImmutableSortedDictionary<string, string>? Values(ExperimentOptions? options) => options is null
        ? null
        : ExperimentSettings.All
            .Where(s => s.Name is not (ExperimentSettings.HiddenBoth or ExperimentSettings.LrBoth) && (s.AppliesTo.IsDefaultOrEmpty || s.AppliesTo.Contains(options.Variant)))
            .ToImmutableSortedDictionary(s => s.Name, s => s.ValueIn(options));

    private static ImmutableSortedDictionary<string, string>? Difference(SweepView view, Experiment experiment)
    {
        if (view.Status.Best is not { } best || best.Experiment == experiment.Number)
            return null;
        (ImmutableSortedDictionary<string, string>? mine, ImmutableSortedDictionary<string, string>? its) =
            (Values(view.Record.Experiments[experiment.Number - 1].Options), Values(view.Record.Experiments[best.Experiment - 1].Options));
        return its?.Where(s => mine?.GetValueOrDefault(s.Key) != s.Value).ToImmutableSortedDictionary();
    }
}

/// <summary>One go at an experiment.</summary>
/// <param name="Epoch">Its number within the experiment, from 1.</param>
/// <param name="Worker">The GPU worker.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it was over; null while it runs.</param>
/// <param name="LostBecause">Why it was over without an end of the experiment; null otherwise.</param>
/// <param name="Cause">What kind of loss that was; null when it was none.</param>
/// <param name="Alone">True when nothing else ran on its silo.</param>
internal sealed record AttemptDto(int Epoch, string Worker, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? LostBecause, LossCause? Cause, bool Alone);

/// <summary>A full score.</summary>
/// <param name="Images">Images at which it was taken.</param>
/// <param name="Scores">Values by metric.</param>
/// <param name="Seconds">Training time up to it; null when it is not known.</param>
internal sealed record RungDto(long Images, ImmutableSortedDictionary<string, double> Scores, double? Seconds);

/// <summary>A checkpoint in the store.</summary>
/// <param name="Images">Images shown.</param>
/// <param name="Epoch">The attempt that wrote it.</param>
/// <param name="Updates">Generator updates.</param>
/// <param name="Seconds">Training time.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, hexadecimal.</param>
/// <param name="Pinned">True when a person wants it to stay.</param>
/// <param name="Score">The objective of the full score at these images; null when there is none.</param>
/// <param name="Url">Where it is downloaded.</param>
internal sealed record CheckpointDto(long Images, int Epoch, long Updates, double Seconds, long Bytes, string Sha256, bool Pinned, double? Score, string Url)
{
    /// <summary>The kept checkpoints of an experiment.</summary>
    public static ImmutableArray<CheckpointDto> All(SweepView view, Experiment experiment) =>
    [
        .. experiment.Checkpoints.Select(c => new CheckpointDto(
            c.Images, c.Epoch, c.Updates, c.Seconds, c.Bytes, c.Sha256, c.Pinned, experiment.ScoreAt(view.Definition.Objective, c.Images),
            $"/api/v1/sweeps/{view.Id}/experiments/{experiment.Number}/checkpoints/{c.Sha256}")),
    ];
}
