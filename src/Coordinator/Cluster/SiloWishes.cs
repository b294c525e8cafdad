namespace CatGan.Coordinator.Cluster;

/// <summary>What a person asks of the local silo that a command may start.</summary>
/// <param name="Slots">Experiments on each device at once; null for the silo's own default.</param>
/// <param name="Device"><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>; null for the silo's own default.</param>
/// <param name="Dashboard">True to collect what Orleans' own dashboard shows.</param>
internal sealed record SiloWishes(int? Slots = null, string? Device = null, bool Dashboard = false)
{
    /// <summary>The wishes as a silo's command line takes them.</summary>
    public IReadOnlyList<string> Arguments => [.. Slots is { } slots ? ["--slots", $"{slots}"] : Array.Empty<string>(), .. Device is { } device ? ["--device", device] : Array.Empty<string>(), .. Dashboard ? ["--dashboard"] : Array.Empty<string>()];

    /// <summary>What to tell who wishes this of a silo that runs already; null when it is what it has.</summary>
    /// <param name="running">Slots that the silo has.</param>
    public string? Unmet(int running) => Arguments.Count == 0 || Device is null && !Dashboard && Slots == running
        ? null
        : $"a silo with {running} {(running == 1 ? "slot" : "slots")} runs already and is used as it is; {string.Join(' ', Arguments)} is for a silo that is started (it ends by itself when it has nothing to do)";
}
