using System.Collections.Immutable;

namespace CatGan.Abstractions.Grains;

/// <summary>
/// One sweep, as its own experiments see it; the same activation as <see cref="ISweepGrain"/>. Every answer follows
/// durability: what was answered is journaled. A <see cref="SweepUnavailableException"/> may be retried.
/// </summary>
[Alias("catgan.ISweepJournalGrain")]
public interface ISweepJournalGrain : IGrainWithStringKey
{
    /// <summary>Journals the start of an attempt under the next epoch, and says what to train.</summary>
    [Alias("BeginAttempt")]
    Task<BeginAnswer> BeginAttempt(int experiment, Assignment assignment, CancellationToken cancellationToken);

    /// <summary>Journals what an attempt did. News of an older epoch or of an ended experiment is refused.</summary>
    [Alias("Record")]
    Task<RecordAnswer> Record(int experiment, ImmutableArray<AttemptNews> news, CancellationToken cancellationToken);

    /// <summary>What the journal says of an experiment, for an experiment grain that has just been activated.</summary>
    [Alias("GetAttempt")]
    Task<AttemptView> GetAttempt(int experiment, CancellationToken cancellationToken);

    /// <summary>The checkpoints of an experiment, newest first; empty when there are none.</summary>
    [Alias("GetCheckpoints")]
    Task<ImmutableArray<CheckpointRef>> GetCheckpoints(int experiment, CancellationToken cancellationToken);

    /// <summary>What a notice of the sweep's webhook tells; null when it is closed or there is none.</summary>
    [Alias("GetNotice")]
    Task<NoticeView?> GetNotice(int notice, CancellationToken cancellationToken);

    /// <summary>Journals that a notice needs no more tries.</summary>
    /// <param name="notice">Its number.</param>
    /// <param name="fault">Why it was given up; null when it was delivered.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    [Alias("CloseNotice")]
    Task CloseNotice(int notice, string? fault, CancellationToken cancellationToken);

    /// <summary>Live progress, soft: it is kept in memory alone and may be lost.</summary>
    [Alias("Progress")]
    Task Progress(int experiment, LiveProgress progress);
}

/// <summary>How far an attempt is.</summary>
/// <param name="Epoch">The attempt's epoch; older ones are ignored.</param>
/// <param name="Images">Images shown so far.</param>
/// <param name="ImagesPerSecond">Images a second lately.</param>
/// <param name="Scores">Latest scores by metric, quick or full.</param>
[GenerateSerializer, Immutable, Alias("catgan.LiveProgress")]
public sealed record LiveProgress(int Epoch, long Images, double ImagesPerSecond, ImmutableSortedDictionary<string, double> Scores);

/// <summary>What the journal says of an experiment.</summary>
/// <param name="Phase">Its phase.</param>
/// <param name="Epoch">Epoch of the latest attempt; 0 before the first.</param>
/// <param name="Command">What a running attempt should do.</param>
/// <param name="Reason">Why it should stop or pause.</param>
[GenerateSerializer, Immutable, Alias("catgan.AttemptView")]
public sealed record AttemptView(ExperimentPhase Phase, int Epoch, AttemptCommand Command, string? Reason);

/// <summary>A notice on its way.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Secret">Environment variable that holds the key to sign with; null for none.</param>
/// <param name="At">When it happened.</param>
/// <param name="Event">What happened.</param>
/// <param name="Body">What to send: JSON.</param>
[GenerateSerializer, Immutable, Alias("catgan.NoticeView")]
public sealed record NoticeView(string Url, string? Secret, DateTimeOffset At, string Event, string Body);

/// <summary>Answer to news.</summary>
/// <param name="Recorded">True when it is journaled.</param>
/// <param name="Refusal">Why it never will be, otherwise.</param>
[GenerateSerializer, Immutable, Alias("catgan.RecordAnswer")]
public sealed record RecordAnswer(bool Recorded, string? Refusal);

/// <summary>What an attempt should do.</summary>
public enum AttemptCommand
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>Write a checkpoint of this moment and leave; the experiment goes on later.</summary>
    Pause,

    /// <summary>Leave at once, nothing of this moment is needed: the experiment ends or has ended, or goes on later from the rung it is paused at.</summary>
    Stop,
}
