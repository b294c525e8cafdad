using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>One configuration with one seed, as far as the journal knows it.</summary>
public sealed record Experiment
{
    /// <summary>Its number, from 1; given once.</summary>
    public required int Number { get; init; }

    /// <summary>Which configuration of the sweep, from 0.</summary>
    public required int ConfigurationIndex { get; init; }

    /// <summary>Which repeat of the configuration, from 0.</summary>
    public required int Repeat { get; init; }

    /// <summary>Its settings.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>Its seed, from 0 to 2^53 - 1: a function of the sweep's seed and the number.</summary>
    public required long Seed { get; init; }

    /// <summary>Where it is in its life.</summary>
    public ExperimentStage Stage { get; init; }

    /// <summary>Every attempt in order; the epoch of the first is 1.</summary>
    public ImmutableArray<Attempt> Attempts { get; init; } = [];

    /// <summary>Epoch of the newest attempt when a person last let it go again; 0 when nobody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int RetriedAfter { get; init; }

    /// <summary>Checkpoints that are kept, in the order of their events.</summary>
    public ImmutableArray<Checkpoint> Checkpoints { get; init; } = [];

    /// <summary>Blobs of checkpoints that are to be deleted.</summary>
    public ImmutableArray<string> Deleting { get; init; } = [];

    /// <summary>Full scores in the order of their images, the one at the end included.</summary>
    public ImmutableArray<Rung> Rungs { get; init; } = [];

    /// <summary>Best objective of all full scores; null before the first.</summary>
    public double? BestScore { get; init; }

    /// <summary>Images at which <see cref="BestScore"/> was taken.</summary>
    public long? BestImages { get; init; }

    /// <summary>Full scores since the best one.</summary>
    public int ScoresSinceBest { get; init; }

    /// <summary>Why a running experiment is to be stopped; null when it is not.</summary>
    public string? StopReason { get; init; }

    /// <summary>Why a person wants a running experiment to end; null when nobody does.</summary>
    public string? CancelReason { get; init; }

    /// <summary>Who wants it paused: set from the verdict on, so while its attempt still leaves as well; null when it may train.</summary>
    public PauseSource? PausedBy { get; init; }

    /// <summary>Why it is paused, for people; null when it is not.</summary>
    public string? PauseReason { get; init; }

    /// <summary>Images shown, as far as the journal knows; those of the last checkpoint while it waits again.</summary>
    public long Images { get; init; }

    /// <summary>Generator updates, likewise.</summary>
    public long Updates { get; init; }

    /// <summary>Training time in seconds, likewise; attempts added up.</summary>
    public double Seconds { get; init; }

    /// <summary>How it ended.</summary>
    public ExperimentOutcome? Outcome { get; init; }

    /// <summary>Why it ended so.</summary>
    public string? Reason { get; init; }

    /// <summary>Flags raised on the way, with the reason of each.</summary>
    public ImmutableSortedDictionary<string, string> Flags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Epoch of the newest attempt; 0 before the first.</summary>
    [JsonIgnore]
    public int Epoch => Attempts.Length;

    /// <summary>The GPU worker that trains it; null when none does.</summary>
    [JsonIgnore]
    public string? Worker => Stage == ExperimentStage.Running ? Attempts[^1].Worker : null;

    /// <summary>The checkpoint that the next attempt starts from; null for the very start.</summary>
    [JsonIgnore]
    public Checkpoint? LastCheckpoint => Checkpoints.IsEmpty ? null : Checkpoints[^1];

    /// <summary>Attempts since the last checkpoint that ended with the loss of their worker.</summary>
    [JsonIgnore]
    public int LossesInARow => LossRule.Losses(this);

    /// <summary>True when its next attempt, or the present one, must be alone on its silo.</summary>
    [JsonIgnore]
    public bool Alone => LossRule.MustBeAlone(this);

    /// <summary>The GPU worker where its last attempt threw or found no store, which the next one avoids; null for none.</summary>
    [JsonIgnore]
    public string? Avoid => !Attempts.IsEmpty && Attempts[^1].Cause is LossCause.Failed or LossCause.StoreFailed ? Attempts[^1].Worker : null;

    /// <summary>
    /// The kept checkpoint of the best full score; the last when none of those kept was scored, null when there is none.
    /// </summary>
    public Checkpoint? BestCheckpoint(Objective objective)
    {
        (Checkpoint? Checkpoint, double? Score) best = (LastCheckpoint, null);
        foreach (Checkpoint checkpoint in Checkpoints)
        {
            if (ScoreAt(objective, checkpoint.Images) is { } score && objective.IsBetter(score, best.Score))
                best = (checkpoint, score);
        }
        return best.Checkpoint;
    }

    /// <summary>The objective of the full score at this many images; null when there is none.</summary>
    public double? ScoreAt(Objective objective, long images) => Rungs.LastOrDefault(r => r.Images == images) is { } rung ? objective.In(rung.Scores) : null;
}

/// <summary>One go at an experiment.</summary>
/// <param name="Epoch">Its number within the experiment, from 1.</param>
/// <param name="Worker">The GPU worker.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it was over; null while it runs.</param>
/// <param name="LostBecause">Why it was over without an end of the experiment; null otherwise.</param>
/// <param name="Cause">What kind of loss that was; null when it was none.</param>
/// <param name="Alone">True when nothing else ran on its silo.</param>
public sealed record Attempt(
    int Epoch,
    string Worker,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt = null,
    string? LostBecause = null,
    LossCause? Cause = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Alone = false)
{
    /// <summary>How often the sweep had been extended when it started: one that began before completes a smaller budget.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Extensions { get; init; }
}

/// <summary>A checkpoint in the store.</summary>
/// <param name="Epoch">The attempt that wrote it.</param>
/// <param name="Images">Images shown.</param>
/// <param name="Updates">Generator updates.</param>
/// <param name="Seconds">Training time, attempts added up.</param>
/// <param name="Blob">Its name.</param>
/// <param name="Sha256">Hash of the blob, hexadecimal.</param>
/// <param name="Bytes">Length of the blob.</param>
public sealed record Checkpoint(int Epoch, long Images, long Updates, double Seconds, string Blob, string Sha256, long Bytes)
{
    /// <summary>A person wants it to stay.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Pinned { get; init; }
}

/// <summary>A full score.</summary>
/// <param name="Images">Images at which it was taken.</param>
/// <param name="Scores">Values by metric.</param>
/// <param name="Seconds">Training time up to it, attempts added up; null when its checkpoint was not written, or by a journal of an earlier version.</param>
public sealed record Rung(long Images, ImmutableSortedDictionary<string, double> Scores, double? Seconds = null);
