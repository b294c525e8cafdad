using System.CommandLine;
using System.CommandLine.Parsing;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Remote;

/// <summary>Which server a person points at: by the command line, else by environment or appsettings.json.</summary>
/// <param name="Address">Its address, with a slash at the end.</param>
/// <param name="Key">The key to show it; null for none.</param>
internal sealed record ServerChoice(Uri Address, string? Key)
{
    /// <summary>Commands that a server can be asked for.</summary>
    public static IReadOnlySet<string> Commands { get; } = new HashSet<string>(
    [
        "run", "submit", "pause", "resume", "cancel", "extend", "clone", "retry", "priority", "tag", "pin", "unpin",
        "status", "watch", "list", "results", "logs", "report", "generate", "export", "check",
    ]);

    /// <summary>The others: why not, and what to do in place of it.</summary>
    public static IReadOnlyDictionary<string, (string Why, string Instead)> Others { get; } = new Dictionary<string, (string, string)>
    {
        ["data"] = ("pictures go into the store itself", "run it on a machine that reaches the store, with --store; a spec names what is there, over a server too"),
        ["gc"] = ("only who has the store may take things out of it", "run it on a machine that reaches the store, with --store"),
        ["keys"] = ("who has the store says who may come in by a server", "run it on a machine that reaches the store, with --store"),
        ["simulate"] = ("it replays the journal in the store", "run it on a machine that reaches the store, with --store"),
        ["doctor"] = ("it checks the machine that it runs on", "run it where the server runs; `catgan list` shows whether a server answers"),
        ["silo"] = ("a silo needs the store and the cluster themselves", "start it with --store and --cluster"),
        ["serve"] = ("it is the server", "leave --server out"),
    };

    /// <summary>Options that say where something is, or what is started there: a server has said so already.</summary>
    private static readonly string[] Elsewhere = ["--store", "--cluster", "--slots", "--device"];

    /// <summary>Reads the choice of one command line; null for no server.</summary>
    /// <exception cref="UserException">It cannot be understood, or the command works on the store itself.</exception>
    public static ServerChoice? Of(ParseResult parse, Surroundings surroundings)
    {
        Settings settings = new(surroundings);
        string? typed = parse.GetValue(CommonOptions.Server);
        if (Others.TryGetValue(Command(parse), out (string Why, string Instead) other))
        {
            // A variable of the environment is no wish of this command.
            return typed is null ? null : throw new UserException(ExitCode.BadInput, $"`{Command(parse)}` takes no --server: {other.Why}", other.Instead);
        }
        if ((typed ?? settings[Settings.Server]) is not { Length: > 0 } address || !Commands.Contains(Command(parse)))
            return null;
        if (Elsewhere.FirstOrDefault(name => parse.GetResult(name) is OptionResult { Implicit: false }) is { } option)
        {
            // Whoever names a store means it, whatever the environment says; what is left is a contradiction.
            return typed is null && option is ("--store" or "--cluster") ? null : throw Contradiction(typed, option, address);
        }
        return Of(address, parse.GetValue(CommonOptions.Key) ?? settings[Settings.Key]);
    }

    private static ServerChoice Of(string address, string? key)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Query.Length > 0)
            throw new UserException(ExitCode.BadInput, $"--server is {address}, but must be the address of a `catgan serve`", "such as http://127.0.0.1:8080");
        if (key is not null && uri is { Scheme: "http", IsLoopback: false })
            throw new UserException(ExitCode.BadInput, $"--server is {address}, where the key would travel in the clear", "use https");
        if (key?.Any(c => c is < '!' or > '~') == true)
            throw new UserException(ExitCode.BadInput, "the key has characters that no key has", "copy it again, as `catgan keys add` printed it");
        return new(new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"), key);
    }

    // `catgan data list` is a command of `data`.
    private static string Command(ParseResult parse)
    {
        CommandResult at = parse.CommandResult;
        while (at.Parent is CommandResult { Parent: not null } above)
            at = above;
        return at.Command.Name;
    }

    private static UserException Contradiction(string? typed, string option, string address) => new(
        ExitCode.BadInput,
        $"{option} says {(option is "--slots" or "--device" ? "how a silo is started here" : "where sweeps are")}, but {(typed is null ? $"{Settings.Variable(Settings.Server)} is set" : "--server is given")}, and {address} has its own",
        typed is null ? $"leave {option} out, or name a --store" : $"leave one of {option} and --server out");
}
