using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan keys revoke KEY</c>: a key opens nothing any more.</summary>
internal static class KeysRevokeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> key = new("KEY") { Description = "Id or name of the key." };
        Option<string> store = CommonOptions.Store(surroundings);
        Command command = new("revoke", "End a key for good; servers refuse it within 5 seconds.") { key, store };
        command.SetAction(async (parse, cancel) =>
        {
            AccessKey revoked = await new KeyStore(StoreOpener.Open(surroundings, parse.GetRequiredValue(store)), surroundings.Time).RevokeAsync(parse.GetRequiredValue(key), cancel);
            surroundings.Error.WriteLine($"the key {revoked.Name} ({revoked.Id}) is revoked");
            return ExitCode.Done;
        });
        return command;
    }
}
