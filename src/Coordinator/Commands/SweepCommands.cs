using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary>
/// What the commands share that ask something of a sweep that a silo knows: its argument, <c>--store</c>,
/// <c>--slots</c> and <c>--device</c>, and the way there by <see cref="CommandRunner"/>.
/// </summary>
internal static class SweepCommands
{
    /// <summary>Makes one of them.</summary>
    /// <param name="surroundings">Store, door and output.</param>
    /// <param name="name">Its name.</param>
    /// <param name="description">What its help says.</param>
    /// <param name="target">The sweep or experiment that is meant.</param>
    /// <param name="own">Its own arguments and options, in the order of the help.</param>
    /// <param name="wanted">Reads what is wanted, before anything is started for it; the number is null where the whole sweep is meant.</param>
    public static Command Create(
        Surroundings surroundings,
        string name,
        string description,
        Argument<string> target,
        IReadOnlyList<Symbol> own,
        Func<ParseResult, Func<int?, SweepCommand>> wanted) =>
        Create(surroundings, name, description, target, own, parse => (parse.GetRequiredValue(target), wanted(parse)));

    /// <summary>Makes one whose argument says more than which sweep or experiment is meant.</summary>
    public static Command Create(
        Surroundings surroundings,
        string name,
        string description,
        Argument<string> target,
        IReadOnlyList<Symbol> own,
        Func<ParseResult, (string Target, Func<int?, SweepCommand> Command)> wanted)
    {
        Option<string> store = CommonOptions.Store(surroundings);
        Command command = new(name, description) { target };
        foreach (Argument argument in own.OfType<Argument>())
            command.Arguments.Add(argument);
        command.Options.Add(store);
        foreach (Option option in own.OfType<Option>())
            command.Options.Add(option);
        SiloOptions silo = new(command);
        command.SetAction((parse, cancel) =>
        {
            (string typed, Func<int?, SweepCommand> make) = wanted(parse);
            return CommandRunner.RunAsync(surroundings, typed, parse.GetRequiredValue(store), silo.Of(parse), make, cancel);
        });
        return command;
    }

    /// <summary>A command for a whole sweep, refused for an experiment of one.</summary>
    public static Func<int?, SweepCommand> Whole(SweepCommand wanted, string otherwise) => experiment =>
        experiment is null ? wanted : throw new UserException(ExitCode.BadInput, otherwise, "leave /N out");

    /// <summary>Refuses a command line that has none of some options.</summary>
    public static void NeedOneOf(Command command, string words, params IReadOnlyList<Option<string?>> options) => command.Validators.Add(result =>
    {
        if (options.All(o => result.GetValue(o) is null))
            result.AddError(words);
    });
}
