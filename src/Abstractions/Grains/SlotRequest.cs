namespace CatGan.Abstractions.Grains;

/// <summary>An experiment that wants a slot.</summary>
/// <param name="Sweep">Id of the sweep.</param>
/// <param name="Experiment">Number of the experiment.</param>
/// <param name="Weight">
/// The sweep's share, above 0: of the sweeps that wait, the one that holds the fewest slots for its weight is next.
/// Default 1.
/// </param>
/// <param name="Alone">
/// True when nothing else may run on its silo meanwhile. Said again with false while it runs, the silo is opened to
/// others.
/// </param>
/// <param name="Avoid">
/// Key of a GPU worker where it failed: it goes to another silo where there is one, else to another slot that is free.
/// </param>
[GenerateSerializer, Immutable, Alias("catgan.SlotRequest")]
public sealed record SlotRequest(string Sweep, int Experiment, double Weight = 1, bool Alone = false, string? Avoid = null);
