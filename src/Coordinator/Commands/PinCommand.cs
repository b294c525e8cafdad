using System.CommandLine;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan pin SWEEP/N[@IMAGES]</c>: keeps a checkpoint for good: the best one, or the one at IMAGES.</summary>
internal static class PinCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings) =>
        PinAction.Create(surroundings, "pin", "Keep a checkpoint whatever the sweep's retention says.", pinned: true);
}
