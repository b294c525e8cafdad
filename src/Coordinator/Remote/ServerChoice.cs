using System.CommandLine;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Remote;

/// <summary>Which server a person points at: by the command line, else by environment or appsettings.json.</summary>
/// <param name="Address">Its address, with a slash at the end.</param>
/// <param name="Key">The key to show it; null for none.</param>
internal sealed record ServerChoice(Uri Address, string? Key)
{
    /// <summary>Commands that a server can be asked for.</summary>
    private static readonly HashSet<string> Commands =
        ["list", "status", "watch", "results", "submit", "pause", "resume", "cancel", "extend", "retry", "priority", "tag", "pin", "unpin"];

    /// <summary>Reads the choice of one command line; null for no server.</summary>
    /// <exception cref="UserException">It cannot be understood, or the command works on the store itself.</exception>
    public static ServerChoice? Of(ParseResult parse, Surroundings surroundings)
    {
        Settings settings = new(surroundings);
        string? typed = parse.GetValue(CommonOptions.Server);
        string command = parse.CommandResult.Command.Name;
        if (!Commands.Contains(command))
        {
            // A variable of the environment is no wish of this command.
            return typed is null ? null : throw new UserException(
                ExitCode.BadInput, $"`{command}` works on the store itself and takes no --server", $"a server can be asked for {string.Join(", ", Commands)}");
        }
        if ((typed ?? settings[Settings.Server]) is not { Length: > 0 } address)
            return null;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Query.Length > 0)
            throw new UserException(ExitCode.BadInput, $"--server is {address}, but must be the address of a `catgan serve`", "such as http://127.0.0.1:8080");
        string? key = parse.GetValue(CommonOptions.Key) ?? settings[Settings.Key];
        if (key is not null && uri is { Scheme: "http", IsLoopback: false })
            throw new UserException(ExitCode.BadInput, $"--server is {address}, where the key would travel in the clear", "use https");
        return new(new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"), key);
    }
}
