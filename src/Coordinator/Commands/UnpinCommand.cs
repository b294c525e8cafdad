using System.CommandLine;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan unpin SWEEP/N[@IMAGES]</c>: lets retention decide again, over all pinned checkpoints or the one at IMAGES.</summary>
internal static class UnpinCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings) =>
        PinAction.Create(surroundings, "unpin", "Let retention decide over a pinned checkpoint again.", pinned: false);
}
