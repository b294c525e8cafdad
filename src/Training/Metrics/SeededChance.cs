namespace CatGan.Training.Metrics;

/// <summary>
/// Chance for scoring, apart from training's: SplitMix64 (Steele et al. 2014), the same numbers on every machine.
/// </summary>
internal sealed class SeededChance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Chance that depends on all of these numbers and on their order.</summary>
    public static SeededChance Of(params ReadOnlySpan<long> numbers)
    {
        var seed = 0UL;
        foreach (var number in numbers)
        {
            seed = new SeededChance(seed ^ (ulong)number).Next();
        }

        return new SeededChance(seed);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 up to but without <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from the standard normal distribution (Box and Muller 1958).</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Fraction()));
        return radius * Math.Cos(2 * Math.PI * Fraction());
    }

    /// <summary>The numbers from 0 up to but without <paramref name="count"/> in random order.</summary>
    public int[] Shuffled(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));
}
