using System.Security.Cryptography;
using System.Text;
using CatGan.Abstractions;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>What the store says of sweeps.</summary>
internal static class Sweeps
{
    /// <summary>Images that an experiment of <see cref="Spec"/> trains on.</summary>
    public const long Budget = 1600;

    /// <summary>Images between its checkpoints.</summary>
    public const long CheckpointEvery = 160;

    /// <summary>Four experiments of a hundred tiny batches each.</summary>
    public static string Spec(string name = "chaos", string presets = "dcgan, wgan-gp", long budget = Budget) => $$"""
        name: {{name}}
        dataset: builtin:drawn-cats?count=64
        budget: {images: {{budget}}}
        seed: 7
        parameters:
          preset: {choice: [{{presets}}]}
          lr: {choice: [0.0001, 0.0003]}
          size: 16
          hidden: 4
          z: 8
          batch: 16
        report_every: {{CheckpointEvery}}
        checkpoint_every: {{CheckpointEvery}}
        samples_every: {{budget}}
        """;

    /// <summary>The sweep as its journal has it; null when it has none.</summary>
    public static async Task<Sweep?> SweepAsync(this IBlobStore store, string id)
    {
        JournalReplay replay = await new Journal(store, StoreLayout.Journal(id)).ReadAsync(CancellationToken.None);
        return Sweep.Replay(replay.Snapshot, replay.Batches.SelectMany(b => b.Events));
    }

    /// <summary>The names of all blobs below a prefix.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(this IBlobStore store, string prefix)
    {
        List<string> names = [];
        await foreach (BlobInfo blob in store.ListAsync(prefix, CancellationToken.None))
            names.Add(blob.Name);
        return names;
    }

    /// <summary>Waits until a sweep has ended.</summary>
    public static async Task<Sweep> FinishedAsync(this World world, string id, double seconds = 0)
    {
        await world.UntilAsync($"{id} has ended", async () => (await world.Store.SweepAsync(id))?.HasEnded == true, seconds);
        return (await world.Store.SweepAsync(id))!;
    }

    /// <summary>Waits until a sweep's state is as asked.</summary>
    /// <returns>The sweep, as it was then.</returns>
    public static async Task<Sweep> SeenAsync(this World world, string id, string what, Func<Sweep, bool> so, double seconds = 0)
    {
        Sweep? seen = null;
        await world.UntilAsync($"of {id}: {what}", async () => (seen = await world.Store.SweepAsync(id)) is { } sweep && so(sweep), seconds);
        return seen!;
    }

    /// <summary>Hashes of what every experiment's last checkpoint holds, by number: all weights, optimizers and chance.</summary>
    public static async Task<IReadOnlyList<string>> HashesAsync(this IBlobStore store, Sweep sweep)
    {
        List<string> hashes = [];
        foreach (Experiment experiment in sweep.Experiments)
            hashes.Add($"{experiment.Number}: {(experiment.LastCheckpoint is { } last ? await HashAsync(store, last) : "no checkpoint")}");
        return hashes;
    }

    private static async Task<string> HashAsync(IBlobStore store, Checkpoint checkpoint)
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, await store.ReadBytesAsync(checkpoint.Blob) ?? throw new InvalidOperationException($"{checkpoint.Blob} is gone"));
            using SafetensorsFile file = SafetensorsFile.Open(path);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (string name in file.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(name));
                hash.AppendData(file.ReadBytes(name));
            }
            return $"{checkpoint.Images} images, {Convert.ToHexStringLower(hash.GetHashAndReset())}";
        }
        finally
        {
            File.Delete(path);
        }
    }
}
