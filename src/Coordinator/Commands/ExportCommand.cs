using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan export SWEEP/N</c>: an experiment's averaged generator for PyTorch.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> experiment = SweepArguments.Experiment();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<string> file = new("--out") { Description = "The safetensors file to write.", HelpName = "FILE", DefaultValueFactory = _ => "generator.safetensors" };
        Command command = new("export", "Write an experiment's averaged generator as safetensors with PyTorch's names.") { experiment, store, file };
        SiloOptions silo = new(command);
        command.SetAction((parse, cancel) => PictureCommands.RunAsync(
            surroundings,
            parse.GetRequiredValue(experiment),
            parse.GetRequiredValue(store),
            silo.Of(parse),
            parse.GetRequiredValue(file),
            new ExportWish(),
            finish: null,
            cancel));
        return command;
    }
}
