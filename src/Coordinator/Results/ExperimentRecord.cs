using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Results;

/// <summary>Everything that is known of one experiment.</summary>
internal sealed record ExperimentRecord
{
    /// <summary>Its number in the sweep.</summary>
    public required int Number { get; init; }

    /// <summary>Index of its configuration; repeats share one.</summary>
    public required int Configuration { get; init; }

    /// <summary>Which repeat of its configuration, from 0.</summary>
    public int Repeat { get; init; }

    /// <summary>Its training seed.</summary>
    public long Seed { get; init; }

    /// <summary>Its settings as the spec writes them.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>All options in effect; null when this version does not understand <see cref="Settings"/>.</summary>
    public ExperimentOptions? Options { get; init; }

    /// <summary>Where it is in its life.</summary>
    public ExperimentPhase Phase { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Why it ended so.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Flags raised on the way with their reasons.</summary>
    public ImmutableSortedDictionary<string, string> Flags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Attempts started.</summary>
    public int Attempts { get; init; }

    /// <summary>The GPU worker of its last attempt; empty when it was never started.</summary>
    public string Worker { get; init; } = "";

    /// <summary>Real pictures shown to the discriminator.</summary>
    public long Images { get; init; }

    /// <summary>Generator updates.</summary>
    public long Updates { get; init; }

    /// <summary>Training time in seconds, attempts added up.</summary>
    public double Seconds { get; init; }

    /// <summary>Images a second over the whole training; null before any.</summary>
    public double? ImagesPerSecond => Seconds > 0 && Images > 0 ? Images / Seconds : null;

    /// <summary>The last full score of the sweep's objective; null when there is none.</summary>
    public Score? Final { get; init; }

    /// <summary>The best full score of the sweep's objective and the images it was reached at.</summary>
    public ScoreAt? Best { get; init; }

    /// <summary>Its reports, in the order of images, with what later attempts repeated cut out.</summary>
    public ImmutableArray<CurvePoint> Curve { get; init; } = [];

    /// <summary>Its sample grids, in the order of images.</summary>
    public ImmutableArray<SampleBlob> Samples { get; init; } = [];

    /// <summary>The latest quick score of the objective of one that has not ended and has no full one yet: what is known in the interim; null when there is none.</summary>
    public ScoreAt? Interim { get; init; }

    /// <summary>How far its pictures are from real ones.</summary>
    public Likeness Likeness => Likenesses.Judge(Likenesses.Of(this));

    /// <summary>True when it used its budget or was stopped early with a finite score, without a flag and not hopelessly far from real pictures.</summary>
    public bool Worked => Final is { } score && double.IsFinite(score.Value) && Flags.IsEmpty && Likeness != Likeness.NotYet
        && Outcome is Abstractions.Experiments.Outcome.Completed or Abstractions.Experiments.Outcome.Stopped;
}

/// <summary>A score and when it was reached.</summary>
internal sealed record ScoreAt(Score Score, long Images);

/// <summary>A sample grid in the store.</summary>
internal sealed record SampleBlob(string Name, long Images, int Epoch);
