using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.Commands;

/// <summary>What <c>pin</c> and <c>unpin</c> share.</summary>
internal static class PinAction
{
    /// <summary>Makes one of the two.</summary>
    public static Command Create(Surroundings surroundings, string name, string description, bool pinned)
    {
        Argument<string> checkpoint = new("SWEEP/N[@IMAGES]")
        {
            Description = $"An experiment, and which of its checkpoints. [default: {(pinned ? "the best one" : "all pinned ones")}]",
        };
        Option<string> store = CommonOptions.Store(surroundings);
        Command command = new(name, description) { checkpoint, store };
        SiloOptions silo = new(command);
        command.SetAction((parse, cancel) =>
        {
            (string experiment, long? images) = Parse(parse.GetRequiredValue(checkpoint));
            return CommandRunner.RunAsync(
                surroundings,
                experiment,
                parse.GetRequiredValue(store),
                silo.Of(parse),
                number => new PinCheckpoint(number!.Value, images, pinned),
                cancel);
        });
        return command;
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
