using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan pause SWEEP</c> or <c>SWEEP/N</c>: lets what runs write a checkpoint and leave, until <c>resume</c>.</summary>
internal static class PauseCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> target = SweepArguments.SweepOrExperiment();
        Option<string> store = CommonOptions.Store(surroundings);
        Command command = new("pause", "Let a sweep, or one experiment, write checkpoints and leave until it is resumed.") { target, store };
        SiloOptions silo = new(command);
        command.SetAction((parse, cancel) => CommandRunner.RunAsync(
            surroundings,
            parse.GetRequiredValue(target),
            parse.GetRequiredValue(store),
            silo.Of(parse),
            experiment => experiment is { } number ? new PauseExperiment(number) : new PauseSweep(),
            cancel));
        return command;
    }
}
