using CatGan.Abstractions;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>Which checkpoint a person means to pin or unpin.</summary>
internal static class PinPlan
{
    public static CommandPlan Of(Sweep sweep, PinCheckpoint command, DateTimeOffset at)
    {
        if (command.Experiment < 1 || command.Experiment > sweep.Experiments.Count)
            return CommandPlan.Refuse($"there is no experiment {command.Experiment}, the last number given is {sweep.Experiments.Count}");
        Experiment experiment = sweep.Experiments[command.Experiment - 1];
        Checkpoint[] meant = [.. Meant(experiment, command, sweep.Definition.Objective)];
        if (meant.Length == 0)
            return Nothing(experiment, command);
        Checkpoint[] changing = [.. meant.Where(c => c.Pinned != command.Pinned)];
        string words = $"{(command.Pinned ? "pinned" : "not pinned any more")}: {string.Join(", ", meant.Select(c => c.Blob))}";
        return new(
            [.. changing.Select(SweepEvent (c) => command.Pinned
                ? new CheckpointPinned(at, command.Experiment, c.Blob)
                : new CheckpointUnpinned(at, command.Experiment, c.Blob))],
            words,
            null);
    }

    private static IEnumerable<Checkpoint> Meant(Experiment experiment, PinCheckpoint command, Objective objective) => command switch
    {
        { Images: { } images } => experiment.Checkpoints.Where(c => c.Images == images),
        { Pinned: false } => experiment.Checkpoints.Where(c => c.Pinned),
        _ => experiment.BestCheckpoint(objective) is { } best ? [best] : [],
    };

    private static CommandPlan Nothing(Experiment experiment, PinCheckpoint command)
    {
        if (command is { Pinned: false, Images: null })
            return CommandPlan.AsItIs($"experiment {experiment.Number} has no pinned checkpoint");
        string kept = experiment.Checkpoints.IsEmpty ? "none" : string.Join(", ", experiment.Checkpoints.Select(c => c.Images));
        return CommandPlan.Refuse(command.Images is { } images
            ? $"experiment {experiment.Number} keeps no checkpoint at {images} images; it keeps: {kept}"
            : $"experiment {experiment.Number} has no checkpoint yet; wait for its first one");
    }
}
