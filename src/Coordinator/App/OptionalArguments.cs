using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CatGan.Coordinator.App;

/// <summary>
/// The help of a group of commands, with brackets around the arguments that may be left out: the library's own list
/// shows every argument as if it had to be there.
/// </summary>
/// <param name="help">The library's help.</param>
internal sealed class OptionalArguments(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Puts it in place of a command's own help.</summary>
    public static void Mark(Command group)
    {
        foreach (HelpOption option in group.Options.OfType<HelpOption>().Where(o => o.Action is HelpAction))
            option.Action = new OptionalArguments((HelpAction)option.Action!);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        using StringWriter text = new();
        parseResult.InvocationConfiguration.Output = text;
        try
        {
            int code = help.Invoke(parseResult);
            output.Write(Bracketed(text.ToString(), parseResult.CommandResult.Command));
            return code;
        }
        finally
        {
            parseResult.InvocationConfiguration.Output = output;
        }
    }

    private static string Bracketed(string text, Command group)
    {
        foreach (Command command in group.Subcommands.Where(c => c.Arguments.Any(a => a.Arity.MinimumNumberOfValues == 0)))
        {
            string plain = Label(command, a => $"<{a.Name}>");
            string marked = Label(command, a => a.Arity.MinimumNumberOfValues == 0 ? $"[<{a.Name}>...]" : $"<{a.Name}>");
            // What the brackets take, the space up to the next column gives.
            text = text.Replace(plain + new string(' ', marked.Length - plain.Length + 1), marked + " ", StringComparison.Ordinal);
        }
        return text;
    }

    private static string Label(Command command, Func<Argument, string> word) => $"  {string.Join(' ', command.Arguments.Select(word).Prepend(command.Name))}";
}
