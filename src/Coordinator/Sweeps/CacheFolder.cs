using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Where data sets that cannot be mapped in the store are kept on this machine.</summary>
internal static class CacheFolder
{
    /// <summary><c>$XDG_CACHE_HOME/catgan</c>, else <c>~/.cache/catgan</c>.</summary>
    public static string Of(Surroundings surroundings) => surroundings.Variable("XDG_CACHE_HOME") is { Length: > 0 } cache
        ? Path.Combine(surroundings.Path(cache), "catgan")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "catgan");
}
