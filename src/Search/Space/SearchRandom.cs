namespace CatGan.Search;

/// <summary>
/// The chance of a sweep: SplitMix64 (Steele, Lea and Flood 2014), whose whole state is one number, so that a
/// snapshot holds it and a replay draws the same.
/// </summary>
internal sealed class SearchRandom(ulong state)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Everything it needs to go on.</summary>
    public ulong State { get; private set; } = state;

    /// <summary>The generator at the start of a sweep.</summary>
    public static SearchRandom Seeded(long seed) => new(Mix(unchecked((ulong)seed)));

    /// <summary>
    /// The seed of an experiment, from 0 to 2^53 - 1 (so that JSON readers of any language keep it): a function of
    /// the sweep's seed and the experiment's number alone.
    /// </summary>
    public static long ExperimentSeed(long sweepSeed, int number) =>
        unchecked((long)(Mix(Mix((ulong)sweepSeed) + ((ulong)number * Golden)) >> 11));

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(State = unchecked(State + Golden));

    /// <summary>A number from 0 to below 1, of 53 random bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 to below <paramref name="bound"/>, each exactly as likely as the others.</summary>
    public int Below(int bound) => (int)Below((long)bound);

    /// <inheritdoc cref="Below(int)"/>
    public long Below(long bound)
    {
        // What lies past the last whole multiple of the bound is drawn again, or small numbers would come up more often.
        ulong range = (ulong)bound, last = ulong.MaxValue - ((ulong.MaxValue % range) + 1) % range, bits;
        do
            bits = NextBits();
        while (bits > last);
        return (long)(bits % range);
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        }
        return z ^ (z >> 31);
    }
}
