using System.Globalization;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>How long faults last and how many there are: short in ./test.sh, full in ./chaos.sh.</summary>
internal static class Scale
{
    /// <summary>True in ./chaos.sh.</summary>
    public static bool Full { get; } = Environment.GetEnvironmentVariable("CATGAN_CHAOS") == "full";

    /// <summary>Faults of the chaos run; at least 50 in ./chaos.sh.</summary>
    public static int Faults { get; } = (int)Number("CATGAN_CHAOS_FAULTS", 5);

    /// <summary>Seed of the chaos run: which silos are hit, how, and when.</summary>
    public static int Seed { get; } = (int)Number("CATGAN_CHAOS_SEED", 1);

    /// <summary>How long Redis is away.</summary>
    public static TimeSpan RedisAway { get; } = TimeSpan.FromSeconds(Full ? 60 : 8);

    /// <summary>How long the blob store refuses, hangs or throttles.</summary>
    public static TimeSpan StoreAway { get; } = TimeSpan.FromSeconds(Full ? 120 : 12);

    /// <summary>Lasts as long as a fault does: its length is part of the fault, nothing is waited for.</summary>
    public static Task LastAsync(TimeSpan length) => Task.Delay(length, TimeProvider.System);

    private static double Number(string variable, double fallback) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
