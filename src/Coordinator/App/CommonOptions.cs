using System.CommandLine;

namespace CatGan.Coordinator.App;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>The default store: a folder beside the spec's user.</summary>
    public const string DefaultStore = "./.catgan";

    /// <summary>The environment variable that names the store.</summary>
    public const string StoreVariable = "CATGAN_STORE";

    /// <summary><c>--verbose</c>, known to every command.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show where an error happened.", Recursive = true };

    /// <summary><c>--store URI</c>: as typed, else <c>CATGAN_STORE</c>, else <c>./.catgan</c>.</summary>
    public static Option<string> Store(Surroundings surroundings) => new("--store")
    {
        Description = $"Where everything is kept: a folder or file:PATH, azure:CONTAINER, or a container's https address. [default: {StoreVariable}, else {DefaultStore}]",
        HelpName = "URI",
        DefaultValueFactory = _ => surroundings.Variable(StoreVariable) is { Length: > 0 } uri ? uri : DefaultStore,
    };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json(string description) => new("--json") { Description = description };
}
