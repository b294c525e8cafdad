using System.Collections.Immutable;

namespace CatGan.Abstractions.Experiments;

/// <summary>How long an experiment trains and what it leaves behind on the way. All counts are in images.</summary>
[GenerateSerializer, Immutable]
public sealed record TrainingPlan
{
    /// <summary><see cref="BudgetImages"/> from which on there is no limit of images: time ends the experiment.</summary>
    public const long NoLimit = 1_000_000_000_000;

    /// <summary>Real pictures to show the discriminator, repeats counted; training ends at the first whole iteration at or past it.</summary>
    [Id(0)] public required long BudgetImages { get; init; }

    /// <summary>Training time after which the experiment ends even when images are left, attempts added up; null for no limit.</summary>
    [Id(1)] public TimeSpan? BudgetTime { get; init; }

    /// <summary>Images between two reports (losses, speed, and a quick score); 0 reports at rungs and the end alone.</summary>
    [Id(2)] public required long ReportEvery { get; init; }

    /// <summary>Images between two checkpoints; 0 writes them at rungs and the end alone.</summary>
    [Id(3)] public required long CheckpointEvery { get; init; }

    /// <summary>Images between two sample grids; 0 draws none. Else the start and the end have one too.</summary>
    [Id(4)] public required long SamplesEvery { get; init; }

    /// <summary>Images at which a full score is taken and the sweep is asked what to do; the end is always one.</summary>
    [Id(5)] public ImmutableArray<long> Rungs { get; init; } = [];

    /// <summary>Flags that end the experiment when raised: any of "stuck", "collapsed". "diverged" always does.</summary>
    [Id(6)] public ImmutableArray<string> StopOn { get; init; } = [];

    /// <summary>Pictures and patches a picture and level of a report's score; no pictures for no scores between rungs.</summary>
    [Id(7)] public ScoreSize QuickScore { get; init; } = new(256, 32);

    /// <summary>The same at rungs and at the end.</summary>
    [Id(8)] public ScoreSize FullScore { get; init; } = new(2048, 64);

    /// <summary>Also write TensorBoard event files.</summary>
    [Id(9)] public bool TensorBoard { get; init; }
}

/// <summary>How much a score looks at.</summary>
/// <param name="Pictures">Pictures of each set; never more than the data set holds in two halves.</param>
/// <param name="Patches">Random patches a picture and pyramid level.</param>
[GenerateSerializer, Immutable]
public readonly record struct ScoreSize(int Pictures, int Patches);
