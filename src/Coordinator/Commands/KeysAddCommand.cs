using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan keys add NAME</c>: makes a key and shows it once.</summary>
internal static class KeysAddCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> name = new("NAME") { Description = "Whose key it is, such as alice or ci-nightly." };
        Option<string> store = CommonOptions.Store(surroundings);
        Option<AccessRole> role = new("--role") { Description = "viewer sees, operator also changes sweeps, admin may all.", HelpName = "ROLE", Required = true, CustomParser = Role };
        Option<string?> expires = new("--expires") { Description = "Time after which it ends by itself, such as 90d. [default: never]", HelpName = "T" };
        Command command = new("add", "Make a key; it is printed this once and kept as a hash.") { name, store, role, expires };
        command.SetAction(async (parse, cancel) =>
        {
            TimeSpan? lifetime = parse.GetValue(expires) is not { } typed ? null
                : SpecDuration.Parse(typed) is { } life && life > TimeSpan.Zero ? life
                : throw new UserException(ExitCode.BadInput, $"--expires is {typed}, but must be {SpecDuration.Form}");
            KeyStore keys = new(StoreOpener.Open(surroundings, parse.GetRequiredValue(store)), surroundings.Time);
            (KeyText text, AccessKey key) = await keys.AddAsync(parse.GetRequiredValue(name), parse.GetRequiredValue(role), lifetime, cancel);
            surroundings.Out.WriteLine(text);
            surroundings.Error.WriteLine($"key {key.Id} of {key.Name}, {key.Role.ToString().ToLowerInvariant()}{(key.ExpiresAt is { } end ? $", until {end:yyyy-MM-dd HH:mm} UTC" : "")}; it is not shown again");
            return ExitCode.Done;
        });
        return command;
    }

    private static AccessRole Role(System.CommandLine.Parsing.ArgumentResult result)
    {
        string typed = result.Tokens is [{ Value: var value }] ? value : "";
        if (Enum.TryParse(typed, ignoreCase: true, out AccessRole role) && typed.All(char.IsAsciiLetter))
            return role;
        result.AddError($"--role is {typed}, but must be viewer, operator or admin");
        return default;
    }
}
