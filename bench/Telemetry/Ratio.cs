namespace CatGan.Bench.Telemetry;

/// <summary>How fast one way is as a part of another, turn by turn: neighbours in time share what the machine does beside.</summary>
/// <param name="Value">The median of the turns' ratios.</param>
/// <param name="PlusMinus">Half the width of its 95 % interval.</param>
internal sealed record Ratio(double Value, double PlusMinus)
{
    private const double Sigmas = 1.96;

    /// <summary>Of the seconds that the same work took.</summary>
    public static Ratio Of(IReadOnlyList<double> without, IReadOnlyList<double> with)
    {
        double[] ratios = [.. without.Zip(with, (a, b) => a / b).Order()];
        // From the quartiles: a turn that the machine held up is no reason to know the median less well.
        double spread = (ratios[ratios.Length * 3 / 4] - ratios[ratios.Length / 4]) / 1.349;
        return new(Median(ratios), Sigmas * 1.253 * spread / Math.Sqrt(ratios.Length));
    }

    /// <summary>True when what was measured does not speak against a ratio of this or more.</summary>
    public bool MayBe(double asked) => Value + PlusMinus >= asked;

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
