namespace CatGan.Search.Samplers;

/// <summary>The normal distribution.</summary>
internal static class NormalCurve
{
    /// <summary>Logarithm of the square root of 2 pi, the height of the curve's logarithm below its exponent.</summary>
    public static double LogRoot2Pi { get; } = Math.Log(2 * Math.PI) / 2;

    /// <summary>
    /// The share below <paramref name="z"/> standard deviations, to 1e-7: formula 7.1.26 of Abramowitz and Stegun 1964. That is
    /// enough, since a mixture's even kernel outweighs what is further out, and it must be quick.
    /// </summary>
    public static double Below(double z)
    {
        double t = 1 / (1 + (0.3275911 * Math.Abs(z) / Math.Sqrt(2)));
        double series = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        double tail = series * Math.Exp(-z * z / 2) / 2;
        return z < 0 ? tail : 1 - tail;
    }

    /// <summary>A number by chance, from 0 to below 1, of the curve cut off there; the middle must be between the two.</summary>
    public static double DrawInside(SearchRandom random, double middle, double deviation)
    {
        while (true)
        {
            // Box and Muller 1958. At least a third of the curve lies inside even of one as wide as the axis at its end.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            double place = middle + (deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
            if (place is >= 0 and < 1)
                return place;
        }
    }
}
