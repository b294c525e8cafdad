namespace CatGan.Search.Samplers;

/// <summary>How far the kernels of one axis reach.</summary>
/// <param name="Deviation">Standard deviation on a numeric axis.</param>
/// <param name="Elsewhere">On an axis of choices the chance to draw any value, in place of the kernel's own; null on a numeric one.</param>
internal readonly record struct Bandwidth(double Deviation, double? Elsewhere)
{
    /// <summary>Narrowest kernel: one part in a hundred of the axis tells apart what noisy trainings can.</summary>
    private const double Narrowest = 0.01;

    /// <summary>Widest kernel.</summary>
    private const double Widest = 0.5;

    /// <summary>Variance of the even distribution, which counts as one configuration more: a few alike say little of the spread.</summary>
    private const double EvenVariance = 1.0 / 12;

    /// <summary>True on an axis of choices.</summary>
    public bool IsChoice => Elsewhere is not null;

    /// <summary>
    /// The rule of Scott (1992): in proportion to the spread of the configurations, less the more there are, more the more axes.
    /// </summary>
    /// <param name="parameter">The axis.</param>
    /// <param name="axes">How many axes there are.</param>
    /// <param name="cells">Where the configurations are on it; null for those that are not.</param>
    public static Bandwidth Of(Parameter parameter, int axes, IEnumerable<Cell?> cells)
    {
        double[] places = [.. cells.OfType<Cell>().Select(c => c.Middle)];
        if (parameter is ChoiceParameter choice)
            return new(0, (double)choice.Values.Length / (choice.Values.Length + places.Length));
        double middle = places.DefaultIfEmpty(0.5).Average();
        int count = Math.Max(1, places.Length);
        double spread = Math.Sqrt((places.Sum(p => (p - middle) * (p - middle)) + EvenVariance) / count);
        return new(Math.Clamp(1.06 * spread * Math.Pow(count, -1.0 / (4 + axes)), Narrowest, Widest), null);
    }

    /// <summary>The share of a kernel that lies on the axis.</summary>
    public double Inside(double middle) => NormalCurve.Below((1 - middle) / Deviation) - NormalCurve.Below(-middle / Deviation);

    /// <summary>A place by chance.</summary>
    public double Draw(SearchRandom random, Cell around)
    {
        if (Elsewhere is not { } elsewhere)
            return NormalCurve.DrawInside(random, around.Middle, Deviation);
        return random.NextDouble() < elsewhere ? random.NextDouble() : around.Middle;
    }

    /// <summary>The chance of a choice.</summary>
    public double Chance(Cell around, Cell cell) => (Elsewhere!.Value * cell.Width) + (around == cell ? 1 - Elsewhere.Value : 0);

    /// <summary>The share of the whole curve that lies on a cell.</summary>
    public double Mass(double middle, Cell cell) => NormalCurve.Below((cell.High - middle) / Deviation) - NormalCurve.Below((cell.Low - middle) / Deviation);

    /// <summary>The logarithm of the whole curve's height at a place.</summary>
    public double LogHeight(double middle, double place)
    {
        double z = (place - middle) / Deviation;
        return (-z * z / 2) - Math.Log(Deviation) - NormalCurve.LogRoot2Pi;
    }
}
