using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Report.Pictures;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan generate SWEEP/N</c>: draws cats with an experiment's averaged generator.</summary>
internal static class GenerateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> experiment = SweepArguments.Experiment();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<int> count = new("--count") { Description = $"Pictures, 1 to {VerbBounds.MostPictures}.", HelpName = "N", DefaultValueFactory = _ => 64 };
        Option<long> seed = new("--seed") { Description = "Seed of the pictures; the same seed draws the same ones.", HelpName = "S", DefaultValueFactory = _ => 1 };
        Option<string> file = new("--out") { Description = "The PNG to write.", HelpName = "FILE", DefaultValueFactory = _ => "grid.png" };
        Option<bool> interpolate = new("--interpolate") { Description = "Walk from one cat to another along each row." };
        Option<int?> magnify = new("--magnify") { Description = $"Draw each pixel K pixels wide, 1 to {Magnifier.Most}; 1 for the picture as it is. [default: what makes it {Magnifier.EnoughWidth} pixels wide]", HelpName = "K" };
        CommonOptions.Bound(count, 1, VerbBounds.MostPictures);
        CommonOptions.Bound(magnify, 1, Magnifier.Most);
        Command command = new("generate", "Draw cats with an experiment's generator.") { experiment, store, count, seed, file, interpolate, magnify };
        SiloOptions silo = new(command);
        command.SetAction((parse, cancel) => PictureCommands.RunAsync(
            surroundings,
            parse.GetRequiredValue(experiment),
            parse.GetRequiredValue(store),
            silo.Of(parse),
            parse.GetRequiredValue(file),
            new GenerateBody(parse.GetValue(count), parse.GetValue(seed), parse.GetValue(interpolate)),
            made => Magnifier.Magnify(made, parse.GetValue(magnify)),
            cancel));
        return command;
    }
}
