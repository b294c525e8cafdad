using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;
using CatGan.Search;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan extend SWEEP</c>: gives a running or finished sweep more experiments or a larger budget.</summary>
internal static class ExtendCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Option<string?> experiments = new("--experiments") { Description = "Configurations to propose in all, as `experiments` in a spec.", HelpName = "N" };
        Option<string?> images = new("--images") { Description = "Images of each experiment in all, as `budget.images`; those that completed go on from their last checkpoint.", HelpName = "N" };
        Option<string?> time = new("--time") { Description = "Training time of each experiment in all, as `budget.time`.", HelpName = "T" };
        Command command = SweepCommands.Create(
            surroundings,
            "extend",
            "Give a running or finished sweep more experiments or a larger budget.",
            SweepArguments.Sweep(),
            [experiments, images, time],
            parse => SweepCommands.Whole(
                new ExtendSweep(
                    Whole("--images", parse.GetValue(images), TrainingPlan.NoLimit - 1),
                    Time(parse.GetValue(time)),
                    (int?)Whole("--experiments", parse.GetValue(experiments), SweepDefinition.MaxExperiments)),
                "a whole sweep is extended, not one experiment of it"));
        SweepCommands.NeedOneOf(command, "name what there is to be more of: --experiments, --images or --time", experiments, images, time);
        return command;
    }

    private static long? Whole(string option, string? typed, long most) => typed is null ? null
        : SpecNumber.ParseWhole(typed) is { } value && value >= 1 && value <= most ? value
        : throw new UserException(ExitCode.BadInput, $"{option} is {typed}, but must be a whole number from 1 to {most:N0}");

    private static TimeSpan? Time(string? typed) => typed is null ? null
        : SpecDuration.Parse(typed) is { } value && value > TimeSpan.Zero ? value
        : throw new UserException(ExitCode.BadInput, $"--time is {typed}, but must be {SpecDuration.Form}");
}
