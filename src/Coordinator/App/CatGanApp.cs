using System.CommandLine;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Commands;
using CatGan.Coordinator.Remote;

namespace CatGan.Coordinator.App;

/// <summary>The <c>catgan</c> command line: parses, runs the command, and words every fault for a person.</summary>
internal static class CatGanApp
{
    private const string Description = """
        CatGan sweeps trainings of GANs that draw cats: many configurations side by side, resumable, with a report.

        Exit codes: 0 done, 1 failed, 2 bad command line or spec, 3 not found, 4 silo or store unreachable,
        130 interrupted (Ctrl-C).
        """;

    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Surroundings surroundings)
    {
        ParseResult? parse = null;
        try
        {
            parse = Root(surroundings).Parse(args);
            if (CommandLineFaults.Of(parse) is { Count: > 0 } faults)
                return Report(parse, faults, surroundings);
            // Parsed again, by commands that know which cluster or server the first parse found.
            parse = Root(surroundings with { Cluster = ClusterChoice.Of(parse, surroundings), Server = ServerChoice.Of(parse, surroundings) }).Parse(args);
            return await parse.InvokeAsync(Configuration(surroundings), surroundings.Interrupted);
        }
        catch (Exception e)
        {
            return ErrorWords.Write(e, surroundings, parse?.GetValue(CommonOptions.Verbose) ?? false);
        }
    }

    private static InvocationConfiguration Configuration(Surroundings surroundings) => new()
    {
        Output = surroundings.Out,
        Error = surroundings.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private static RootCommand Root(Surroundings surroundings)
    {
        RootCommand root = new(Description);
        foreach (Option option in (Option[])[CommonOptions.Verbose, CommonOptions.Cluster, CommonOptions.ClusterId, CommonOptions.TlsCa, CommonOptions.TlsCert, CommonOptions.TlsKey, CommonOptions.Server, CommonOptions.Key])
            root.Options.Add(option);
        foreach (Func<Surroundings, Command> create in CommandCatalogue.All)
            root.Subcommands.Add(create(surroundings));
        OptionalArguments.Mark(root);
        return root;
    }

    private static int Report(ParseResult parse, IReadOnlyList<string> faults, Surroundings surroundings)
    {
        foreach (string fault in faults)
            surroundings.Error.WriteLine($"error: {fault}");
        surroundings.Error.WriteLine($"hint: see `{CommandLineFaults.Name(parse)} --help`");
        return ExitCode.BadInput;
    }
}
