using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.Commands;

/// <summary>
/// <c>catgan pin SWEEP/N[@IMAGES]</c> keeps a checkpoint for good: the best one, or the one at IMAGES; <c>catgan unpin</c>
/// lets retention decide again, over all pinned checkpoints or the one at IMAGES.
/// </summary>
internal static class PinCommand
{
    /// <summary>Makes <c>pin</c>.</summary>
    public static Command Create(Surroundings surroundings) => Create(surroundings, "pin", "Keep a checkpoint whatever the sweep's retention says.", pinned: true);

    /// <summary>Makes <c>unpin</c>.</summary>
    public static Command CreateUnpin(Surroundings surroundings) => Create(surroundings, "unpin", "Let retention decide over a pinned checkpoint again.", pinned: false);

    private static Command Create(Surroundings surroundings, string name, string description, bool pinned)
    {
        Argument<string> checkpoint = new("SWEEP/N[@IMAGES]")
        {
            Description = $"An experiment, and which of its checkpoints. [default: {(pinned ? "the best one" : "all pinned ones")}]",
        };
        return SweepCommands.Create(surroundings, name, description, checkpoint, [], parse =>
        {
            (string experiment, long? images) = Parse(parse.GetRequiredValue(checkpoint));
            return (experiment, number => new PinCheckpoint(number!.Value, images, pinned));
        });
    }

    private static (string Experiment, long? Images) Parse(string typed)
    {
        if (!typed.Contains('/'))
            throw new UserException(ExitCode.BadInput, $"{typed} names no experiment", "write SWEEP/N or SWEEP/N@IMAGES, such as last/3@20000");
        int at = typed.LastIndexOf('@');
        if (at < 0)
            return (typed, null);
        return SpecNumber.ParseWhole(typed[(at + 1)..]) is { } images and >= 0
            ? (typed[..at], images)
            : throw new UserException(ExitCode.BadInput, $"{typed[(at + 1)..]} is no number of images", "write SWEEP/N@IMAGES, such as last/3@20000");
    }
}
