using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan pause SWEEP</c> or <c>SWEEP/N</c>: lets what runs write a checkpoint and leave, until <c>resume</c>.</summary>
internal static class PauseCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings) => SweepCommands.Create(
        surroundings,
        "pause",
        "Let a sweep, or one experiment, write checkpoints and leave until it is resumed.",
        SweepArguments.SweepOrExperiment(),
        [],
        _ => experiment => experiment is { } number ? new PauseExperiment(number) : new PauseSweep());
}
