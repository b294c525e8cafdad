namespace CatGan.Coordinator.Sweeps;

/// <summary>Tells faults of the connection from what a silo answers: a grain's own exceptions are none of Orleans'.</summary>
internal static class SiloLoss
{
    /// <summary>True when nobody can say whether the silo heard it.</summary>
    public static bool Is(Exception fault) => fault is TimeoutException or ObjectDisposedException
        || fault.GetType().Namespace?.StartsWith("Orleans", StringComparison.Ordinal) == true;
}
