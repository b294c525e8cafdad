namespace CatGan.Datasets.Drawn;

/// <summary>SplitMix64 (Steele et al. 2014): integers only, so the same dice fall everywhere.</summary>
internal struct FactorDice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A fresh die for one picture of one seed.</summary>
    public static FactorDice For(long seed, int index)
    {
        FactorDice outer = new((ulong)seed);
        return new FactorDice(outer.Next() + (ulong)index * 0xD1342543DE82EF95);
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1), in steps of 2^-24: exact in a float.</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    public float Between(float low, float high) => low + (high - low) * Unit();

    /// <summary>One of the values, each as likely as its weight.</summary>
    public T Pick<T>(ReadOnlySpan<(T Value, int Weight)> choices)
    {
        int total = 0;
        foreach ((T _, int weight) in choices)
            total += weight;
        int roll = (int)(Next() % (ulong)total);
        foreach ((T value, int weight) in choices)
        {
            roll -= weight;
            if (roll < 0)
                return value;
        }

        throw new InvalidOperationException("The weights of a choice must be positive.");
    }

    public T Any<T>()
        where T : struct, Enum
    {
        T[] values = Enum.GetValues<T>();
        return values[(int)(Next() % (ulong)values.Length)];
    }
}
