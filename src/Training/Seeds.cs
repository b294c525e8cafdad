namespace CatGan.Training;

/// <summary>What a seed made from an experiment's is for; every purpose has numbers of its own.</summary>
internal enum SeedPurpose
{
    /// <summary>Initial weights, data order, z and u of the training.</summary>
    Training = 1,

    /// <summary>The one z of all sample grids.</summary>
    Samples = 2,

    /// <summary>The z from which batch-norm statistics of the averaged generator are estimated.</summary>
    Statistics = 3,

    /// <summary>Pictures of a score; apart for every count of images.</summary>
    Score = 4,
}

/// <summary>Seeds made from an experiment's seed.</summary>
internal static class Seeds
{
    /// <summary>A seed for a purpose (and a count of images): SplitMix64's mixing (Steele et al. 2014) over the three.</summary>
    public static long Of(long seed, SeedPurpose purpose, long images = 0) => (long)Mix(Mix(Mix((ulong)seed) + (ulong)purpose) + (ulong)images);

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
