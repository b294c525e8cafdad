using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Telemetry;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Spec;
using CatGan.Datasets;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>A checked sweep on its way to a silo.</summary>
/// <param name="Sweep">Its id, made here: sending it twice is still one sweep.</param>
/// <param name="Message">What is sent.</param>
internal sealed record Submission(string Sweep, SweepSubmission Message)
{
    /// <summary>What there is to say of it, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    private const int Tries = 3;

    /// <summary>Reads and checks a spec and pins the content of its data set.</summary>
    public static Task<Submission> PrepareAsync(Surroundings surroundings, string spec, IBlobStore store, CancellationToken cancellationToken) =>
        PrepareAsync(surroundings, SpecFile.Load(surroundings, spec), store, cancellationToken);

    /// <summary>Pins the content of a checked spec's data set.</summary>
    public static async Task<Submission> PrepareAsync(Surroundings surroundings, SpecFile file, IBlobStore store, CancellationToken cancellationToken)
    {
        ImmutableSortedDictionary<int, string>.Builder hashes = ImmutableSortedDictionary.CreateBuilder<int, string>();
        int? fewest = null;
        foreach (int size in SpecChecks.Sizes(file.Definition))
        {
            using PictureSet pictures = await PictureSets.OpenAsync(store, file.Definition.Dataset, size, CacheFolder.Of(surroundings), cancellationToken);
            hashes[size] = pictures.ContentHash;
            fewest = Math.Min(fewest ?? int.MaxValue, pictures.Count);
        }
        PlacedFault[] faults = [.. SpecChecks.Batches(file.Definition, fewest, file.Places)];
        if (faults.Length > 0)
            throw SpecFile.Faulty(file.Path, faults);
        WarmStart warm = await WarmStart.ReadAsync(store, file.Definition with { DatasetHashes = hashes.ToImmutable() }, file.Places, cancellationToken);
        if (warm.Faults.Count > 0)
            throw SpecFile.Faulty(file.Path, warm.Faults);
        SweepDefinition definition = warm.Definition;
        return new(SweepId.Create(definition.Name, surroundings.Time), new(file.Yaml, SweepJson.Write(definition))) { Notes = warm.Notes };
    }

    /// <summary>Hands it in; returns when it is journaled.</summary>
    public async Task SendAsync(ICluster cluster)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // Not cancelled by Ctrl-C: a sweep whose submission was cut off might run unseen.
                _ = await CatGanSpans.DoAsync("submit", SweepTrace.Sweep(Sweep), async _ =>
                {
                    SubmitAnswer answer = await cluster.Sweep(Sweep).Submit(Message, CancellationToken.None);
                    return answer.Accepted ? answer : throw new UserException(ExitCode.Failed, $"the silo did not take the sweep: {answer.Fault}") { IsRefusal = true };
                });
                return;
            }
            catch (TimeoutException) when (attempt < Tries)
            {
                // Whether it arrived is unknown; the same id again is the same sweep.
            }
        }
    }
}
