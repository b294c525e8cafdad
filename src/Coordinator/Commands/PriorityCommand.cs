using System.CommandLine;
using System.Globalization;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Search;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan priority SWEEP</c>: how many slots a sweep gets beside others.</summary>
internal static class PriorityCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.Sweep();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<string?> weight = new("--weight") { Description = "Weight in fair sharing, 0.001 to 1,000: twice the weight, twice the slots.", HelpName = "W" };
        Option<string?> cap = new("--cap") { Description = "Most experiments of the sweep that run at once, or none.", HelpName = "N" };
        Command command = new("priority", "Change a sweep's weight in sharing slots, or its cap.") { sweep, store, weight, cap };
        SiloOptions silo = new(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(weight) is null && result.GetValue(cap) is null)
                result.AddError("name what to change: --weight or --cap");
        });
        command.SetAction((parse, cancel) =>
        {
            ChangeShare wanted = new(Weight(parse.GetValue(weight)), Cap(parse.GetValue(cap)));
            return CommandRunner.RunAsync(
                surroundings,
                parse.GetRequiredValue(sweep),
                parse.GetRequiredValue(store),
                silo.Of(parse),
                experiment => experiment is null ? wanted : throw new UserException(ExitCode.BadInput, "slots are shared between sweeps, not experiments", "leave /N out"),
                cancel);
        });
        return command;
    }

    private static double? Weight(string? typed) => typed is null ? null
        : double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 1 / SweepDefinition.MaxWeight && value <= SweepDefinition.MaxWeight ? value
        : throw new UserException(ExitCode.BadInput, $"--weight is {typed}, but must be from {1 / SweepDefinition.MaxWeight} to {SweepDefinition.MaxWeight}");

    private static int? Cap(string? typed) => typed switch
    {
        null => null,
        "none" => 0,
        _ when int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is >= 1 and <= 10_000 => value,
        _ => throw new UserException(ExitCode.BadInput, $"--cap is {typed}, but must be a whole number from 1 to 10,000, or none"),
    };
}
