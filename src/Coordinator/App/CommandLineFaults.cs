using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.App;

/// <summary>What is wrong with a command line, with the word that was meant where one is near.</summary>
internal static class CommandLineFaults
{
    /// <summary>The faults, one sentence each; empty when it can be run.</summary>
    public static IReadOnlyList<string> Of(ParseResult parse)
    {
        // Who asks for help gets it, whatever else stands on the line.
        if (parse.Action is HelpAction or OptionalArguments)
            return [];
        Command command = parse.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parse.UnmatchedTokens.FirstOrDefault(t => !IsOption(t)) is { } word)
            return [$"there is no command {word}{Suggestion.For(word, command.Subcommands.Select(c => c.Name))}"];
        if (command.Subcommands.Count > 0 && parse.UnmatchedTokens.Count == 0 && parse.Errors.Count > 0)
            return [$"{Name(parse)} needs a command: {string.Join(", ", command.Subcommands.Select(c => c.Name))}"];
        string[] unknown = [.. TakenForArguments(parse).Concat(parse.UnmatchedTokens.Where(IsOption)).Distinct()];
        // A word too many beside an option that is not known is most likely its value.
        string[] extra = unknown.Length > 0 ? [] : [.. parse.UnmatchedTokens];
        IEnumerable<string> others = parse.Errors.Select(e => e.Message).Where(m => !unknown.Concat(parse.UnmatchedTokens).Any(t => m.Contains($"'{t}'", StringComparison.Ordinal)));
        return
        [
            .. unknown.Select(t => $"{Name(parse)} has no option {t}{Suggestion.For(t, Options(parse.CommandResult))}"),
            .. extra.Select(t => $"{t} is one word too many for {Name(parse)}"),
            .. unknown.Length > 0 ? [] : others.Distinct(),
        ];
    }

    /// <summary>The command as typed: <c>catgan data import</c>.</summary>
    public static string Name(ParseResult parse) => string.Join(' ', Path(parse).Select(c => c.Parent is null ? "catgan" : c.Command.Name));

    private static IEnumerable<CommandResult> Path(ParseResult parse)
    {
        List<CommandResult> path = [];
        for (CommandResult? at = parse.CommandResult; at is not null; at = at.Parent as CommandResult)
            path.Insert(0, at);
        return path;
    }

    // An argument takes any word, and would take a misspelt option too. What comes after -- is meant so.
    private static IEnumerable<string> TakenForArguments(ParseResult parse)
    {
        HashSet<Token> meant = [.. parse.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash)];
        return parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens)
            .Where(t => IsOption(t.Value) && !meant.Contains(t)).Select(t => t.Value);
    }

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-';

    private static IEnumerable<string> Options(CommandResult command)
    {
        IEnumerable<Option> own = command.Command.Options;
        for (CommandResult? at = command.Parent as CommandResult; at is not null; at = at.Parent as CommandResult)
            own = own.Concat(at.Command.Options.Where(o => o.Recursive));
        return own.Where(o => !o.Hidden).Select(o => o.Name);
    }
}
