using System.Collections.Immutable;
using CatGan.Abstractions.Grains;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

internal sealed partial class SweepGrain : ISweepHands
{
    Task ISweepHands.StartAsync(StartExperiment start) => Hold is not null ? Task.CompletedTask : ExperimentGrain(start.Number)
        .Start(new SlotRequest(Id, start.Number, Sweep.Definition.Weight, Alone: start.Alone, Avoid: start.Avoid), CancellationToken.None);

    Task ISweepHands.StopAsync(int experiment, AttemptCommand command, string reason) =>
        ExperimentGrain(experiment).Stop(command, reason, CancellationToken.None);

    async Task ISweepHands.DeleteAsync(int experiment, ImmutableArray<string> blobs)
    {
        ImmutableArray<string> deleting = [.. blobs.Intersect(Find(experiment)?.Deleting ?? [])];
        if (deleting.IsEmpty)
            return;
        foreach (string blob in deleting)
            await store.DeleteAsync(blob, CancellationToken.None);
        CheckpointsDeleted deleted = new(timing.Now, experiment, deleting);
        if (_ledger.Broken is null && Sweep.Refusal(deleted) is null)
            await _ledger.CommitAsync(deleted);
    }

    Task ISweepHands.SendAsync(int notice)
    {
        notices.Send(Id, notice);
        return Task.CompletedTask;
    }

    private IExperimentGrain ExperimentGrain(int experiment) => grains.Experiment(Id, experiment);
}
