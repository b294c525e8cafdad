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
        Option<string?> weight = new("--weight") { Description = "Weight in fair sharing, 0.001 to 1,000: twice the weight, twice the slots.", HelpName = "W" };
        Option<string?> cap = new("--cap") { Description = "Most experiments of the sweep that run at once, or none.", HelpName = "N" };
        Command command = SweepCommands.Create(
            surroundings,
            "priority",
            "Change a sweep's weight in sharing slots, or its cap.",
            SweepArguments.Sweep(),
            [weight, cap],
            parse => SweepCommands.Whole(
                new ChangeShare(Weight(parse.GetValue(weight)), Cap(parse.GetValue(cap))), "slots are shared between sweeps, not experiments"));
        SweepCommands.NeedOneOf(command, "name what to change: --weight or --cap", weight, cap);
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
