namespace CatGan.Coordinator.Doctor;

/// <summary>All checks, in the order of the table. A new one is a file in this folder and a line here.</summary>
internal static class CheckCatalogue
{
    /// <summary>The checks.</summary>
    public static IReadOnlyList<IDoctorCheck> All { get; } =
    [
        new TorchCheck(),
        new MachineCheck(),
        new StoreCheck(),
        new RedisCheck(),
        new SilosCheck(),
    ];
}
