using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Workers;
using CatGan.Storage;
using CatGan.Training;
using Orleans.Concurrency;

namespace CatGan.Grains.Jobs;

/// <summary>Draws and exports with the averaged generator of an experiment's newest good checkpoint.</summary>
[StatelessWorker]
internal sealed class PictureJobGrain(IBlobStore store, CheckpointFiles checkpoints, WorkFolder work) : Grain, IPictureJobGrain
{
    public Task<string> Generate(GenerateRequest request, CancellationToken cancellationToken) => WithCheckpointAsync(
        request.Sweep,
        request.Experiment,
        async path =>
        {
            byte[] png = await DedicatedThread.RunAsync("generate", () => Generation.Grid(path, request.Count, request.Seed, request.Interpolate));
            string blob = StoreLayout.Job(Guid.NewGuid(), "png");
            await store.WriteBytesAsync(blob, png, BlobCondition.IfAbsent, cancellationToken);
            return blob;
        },
        cancellationToken);

    public Task<string> Export(string sweep, int experiment, CancellationToken cancellationToken) => WithCheckpointAsync(
        sweep,
        experiment,
        async path =>
        {
            using TemporaryFile file = work.NewFile();
            await DedicatedThread.RunAsync("export", () => Export(path, file.Path));
            string blob = StoreLayout.Job(Guid.NewGuid(), "safetensors");
            await store.WriteAsync(blob, (destination, token) => file.CopyToAsync(destination, token), BlobCondition.IfAbsent, cancellationToken);
            return blob;
        },
        cancellationToken);

    private static bool Export(string checkpoint, string destination)
    {
        Generation.Export(checkpoint, destination);
        return true;
    }

    private async Task<string> WithCheckpointAsync(string sweep, int experiment, Func<string, Task<string>> job, CancellationToken cancellationToken)
    {
        ImmutableArray<CheckpointRef> candidates =
            await GrainFactory.GetGrain<ISweepJournalGrain>(sweep).GetCheckpoints(experiment, cancellationToken);
        List<string> faults = [];
        foreach (CheckpointRef candidate in candidates)
        {
            (TemporaryFile? fetched, string? fault) = await checkpoints.FetchAsync(candidate, cancellationToken);
            using TemporaryFile? file = fetched;
            if (file is null)
            {
                faults.Add(fault!);
                continue;
            }
            try
            {
                return await job(file.Path);
            }
            catch (InvalidCheckpointException invalid)
            {
                faults.Add(invalid.Message);
            }
        }
        throw new InvalidOperationException(faults.Count == 0
            ? $"{sweep}/{experiment} has no checkpoint yet; wait for its first one, or name an experiment that has one."
            : $"{sweep}/{experiment} has no good checkpoint: {string.Join("; ", faults)}.");
    }
}
