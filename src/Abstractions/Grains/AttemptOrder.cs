using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;

namespace CatGan.Abstractions.Grains;

/// <summary>Everything a GPU worker needs to train one attempt of an experiment.</summary>
[GenerateSerializer, Immutable, Alias("catgan.AttemptOrder")]
public sealed record AttemptOrder
{
    /// <summary>Id of the sweep.</summary>
    [Id(0)] public required string Sweep { get; init; }

    /// <summary>Number of the experiment.</summary>
    [Id(1)] public required int Experiment { get; init; }

    /// <summary>Fencing epoch of this attempt, journaled; carried in every report and blob name.</summary>
    [Id(2)] public required int Epoch { get; init; }

    /// <summary>Settings as a spec writes them, for <see cref="ExperimentSettings.Create"/>.</summary>
    [Id(3)] public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>Seed of the experiment.</summary>
    [Id(4)] public required long Seed { get; init; }

    /// <summary>Budget and intervals.</summary>
    [Id(5)] public required TrainingPlan Plan { get; init; }

    /// <summary>Reference of the data set, as a spec writes it.</summary>
    [Id(6)] public required string Dataset { get; init; }

    /// <summary>Content hashes the sweep pinned, by picture size; a size that is missing is not checked.</summary>
    [Id(7)] public required ImmutableSortedDictionary<int, string> DatasetHashes { get; init; }

    /// <summary>Checkpoints to go on from, newest first; empty for a fresh start.</summary>
    [Id(8)] public required ImmutableArray<CheckpointRef> Checkpoints { get; init; }
}

/// <summary>A checkpoint in the store.</summary>
/// <param name="Blob">Its name.</param>
/// <param name="Sha256">Its hash, lower-case hex.</param>
/// <param name="Images">Images it holds.</param>
[GenerateSerializer, Immutable, Alias("catgan.CheckpointRef")]
public sealed record CheckpointRef(string Blob, string Sha256, long Images);

/// <summary>Answer to a worker that wants to begin.</summary>
/// <param name="Order">What to train; null when there is nothing to do.</param>
/// <param name="Refusal">Why there is nothing to do.</param>
[GenerateSerializer, Immutable, Alias("catgan.BeginAnswer")]
public sealed record BeginAnswer(AttemptOrder? Order, string? Refusal);
