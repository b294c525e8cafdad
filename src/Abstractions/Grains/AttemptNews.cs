using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;

namespace CatGan.Abstractions.Grains;

/// <summary>Something an attempt did that the journal must know.</summary>
/// <param name="Epoch">The attempt's epoch.</param>
[GenerateSerializer, Immutable, Alias("catgan.AttemptNews")]
public abstract record AttemptNews(int Epoch);

/// <summary>A checkpoint is in the store.</summary>
/// <param name="Epoch">The attempt's epoch.</param>
/// <param name="Checkpoint">The blob.</param>
/// <param name="Updates">Generator updates it holds.</param>
/// <param name="Seconds">Training time it holds, attempts added up.</param>
/// <param name="Bytes">Its length.</param>
[GenerateSerializer, Immutable, Alias("catgan.CheckpointNews")]
public sealed record CheckpointNews(int Epoch, CheckpointRef Checkpoint, long Updates, double Seconds, long Bytes) : AttemptNews(Epoch);

/// <summary>A rung's full score was taken.</summary>
/// <param name="Epoch">The attempt's epoch.</param>
/// <param name="Images">Images at which it was taken.</param>
/// <param name="Scores">Values by metric.</param>
[GenerateSerializer, Immutable, Alias("catgan.RungNews")]
public sealed record RungNews(int Epoch, long Images, ImmutableSortedDictionary<string, double> Scores) : AttemptNews(Epoch);

/// <summary>The attempt is over and the experiment is not: handed back, paused, or lost.</summary>
/// <param name="Epoch">The attempt's epoch.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Cause">What kind of end it was: some are held against the experiment when they come in a row.</param>
[GenerateSerializer, Immutable, Alias("catgan.LeftNews")]
public sealed record LeftNews(int Epoch, string Reason, LeftCause Cause = LeftCause.Left) : AttemptNews(Epoch);

/// <summary>What kind of end an attempt had that was not its experiment's.</summary>
public enum LeftCause
{
    /// <summary>It left in order: paused, handed back, stopped.</summary>
    Left,

    /// <summary>Its worker vanished.</summary>
    WorkerLost,

    /// <summary>The store did not do what the attempt cannot do without.</summary>
    StoreFailed,

    /// <summary>It threw: the machine or the code is at fault. It is tried once more elsewhere.</summary>
    Failed,
}

/// <summary>The experiment has an outcome.</summary>
/// <param name="Epoch">The attempt's epoch.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why, for people; null when it used its budget.</param>
[GenerateSerializer, Immutable, Alias("catgan.EndedNews")]
public sealed record EndedNews(int Epoch, Outcome Outcome, string? Reason) : AttemptNews(Epoch)
{
    /// <summary>Flags raised on the way, with their reasons.</summary>
    [Id(0)] public ImmutableSortedDictionary<string, string> Flags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Images shown in all.</summary>
    [Id(1)] public long Images { get; init; }

    /// <summary>Generator updates in all.</summary>
    [Id(2)] public long Updates { get; init; }

    /// <summary>Training time in all, in seconds.</summary>
    [Id(3)] public double Seconds { get; init; }

    /// <summary>Values of the last full score by metric.</summary>
    [Id(4)] public ImmutableSortedDictionary<string, double> Scores { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}
