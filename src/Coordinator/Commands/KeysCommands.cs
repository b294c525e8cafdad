using System.CommandLine;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan keys …</c>: who may use <c>catgan serve</c>. None of it needs a silo or a server.</summary>
internal static class KeysCommands
{
    /// <summary>Makes the group of commands.</summary>
    public static Command Create(Surroundings surroundings) => new("keys", "Make, list and revoke the keys of `catgan serve`.")
    {
        KeysAddCommand.Create(surroundings),
        KeysListCommand.Create(surroundings),
        KeysRevokeCommand.Create(surroundings),
    };
}
