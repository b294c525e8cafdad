using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Coordinator.Spec;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Fakes;

/// <summary>Sweeps written into a store as a silo would have left them.</summary>
internal static class Journals
{
    public const string Spec = """
        name: two
        tags: [red]
        dataset: builtin:drawn-cats?count=64
        budget: {images: 1000}
        parameters:
          preset: {choice: [dcgan, wgan]}
          size: 16
          hidden: 1
        """;

    /// <summary>A sweep of two experiments: the first ended with a score, the second was running when all was killed.</summary>
    public static async Task WriteHalfDoneAsync(IBlobStore store, string id)
    {
        DateTimeOffset at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        ImmutableSortedDictionary<string, double> score = ImmutableSortedDictionary<string, double>.Empty.Add("swd", 0.25);
        await WriteAsync(
            store,
            id,
            new SweepSubmitted(at, SpecReader.Read(Spec).Definition!, 2),
            new AttemptStarted(at, 1, 1, "w1"),
            new AttemptStarted(at, 2, 1, "w2"),
            new CheckpointSaved(at, 2, 1, 400, 4, 2.0, StoreLayout.Checkpoint(id, 2, 400, 1, "ab"), "ab", 10),
            new ExperimentEnded(at, 1, 1, ExperimentOutcome.Completed, null, ImmutableSortedDictionary<string, string>.Empty, 1000, 10, 5.0, score));
        await store.WriteTextAsync(StoreLayout.Active(id), "");
    }

    public static async Task WriteAsync(IBlobStore store, string id, params SweepEvent[] events)
    {
        Journal journal = new(store, StoreLayout.Journal(id));
        await store.WriteTextAsync(StoreLayout.Spec(id), Spec);
        for (int i = 0; i < events.Length; i++)
            await journal.AppendAsync(i + 1, Guid.NewGuid(), [SweepEvents.Write(events[i])], CancellationToken.None);
    }
}
