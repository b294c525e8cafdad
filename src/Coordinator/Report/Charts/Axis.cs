namespace CatGan.Coordinator.Report.Charts;

/// <summary>How values lie along an axis.</summary>
internal enum AxisKind
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>By their logarithm; only positive values have a place.</summary>
    Log,

    /// <summary>Linear around zero and logarithmic beyond, for losses that change sign over decades.</summary>
    SymLog,
}

/// <summary>Maps values to places from 0 to 1 and chooses round ticks. Values outside are held at the ends.</summary>
internal sealed class Axis
{
    private readonly double _low, _high;

    /// <param name="min">Smallest value shown.</param>
    /// <param name="max">Largest value shown; made larger when it equals <paramref name="min"/>.</param>
    /// <param name="kind">How values lie.</param>
    public Axis(double min, double max, AxisKind kind)
    {
        Kind = kind;
        if (kind == AxisKind.Log)
        {
            min = Math.Max(min, 1e-12);
            max = max > min ? max : min * 2;
        }
        else if (max <= min)
        {
            max = min + Math.Max(1, Math.Abs(min));
        }
        (Min, Max) = (min, max);
        (_low, _high) = (Bend(min), Bend(max));
    }

    /// <summary>Smallest value shown.</summary>
    public double Min { get; }

    /// <summary>Largest value shown.</summary>
    public double Max { get; }

    /// <summary>How values lie.</summary>
    public AxisKind Kind { get; }

    /// <summary>An axis around values with a little air; null-safe for no values at all (0 to 1).</summary>
    public static Axis Around(IEnumerable<double> values, AxisKind kind)
    {
        double[] finite = [.. values.Where(v => double.IsFinite(v) && (kind != AxisKind.Log || v > 0)).Order()];
        if (finite.Length == 0)
            return kind == AxisKind.Log ? new Axis(0.1, 10, kind) : new Axis(0, 1, kind);
        (double min, double max) = (finite[0], finite[^1]);
        if (kind == AxisKind.Log)
            return new Axis(min / 1.15, max * 1.15, kind);
        double air = (max - min) * 0.05;
        return new Axis(min >= 0 && min - air < 0 ? 0 : min - air, max + air, kind);
    }

    /// <summary>Place of a value, 0 at the minimum and 1 at the maximum.</summary>
    public double Place(double value) =>
        Math.Clamp((Bend(Math.Clamp(value, Min, Max)) - _low) / (_high - _low), 0, 1);

    /// <summary>Round values inside the range, at most about <paramref name="most"/>.</summary>
    public IReadOnlyList<double> Ticks(int most) => Kind switch
    {
        AxisKind.Log => LogTicks(Min, Max, most),
        AxisKind.SymLog => SymLogTicks(most),
        _ => LinearTicks(Min, Max, most),
    };

    private double Bend(double value) => Kind switch
    {
        AxisKind.Log => Math.Log10(Math.Max(value, 1e-12)),
        AxisKind.SymLog => Math.Asinh(value),
        _ => value,
    };

    private static double[] LinearTicks(double min, double max, int most)
    {
        double rough = (max - min) / Math.Max(1, most);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 });
        double first = Math.Ceiling(min / step - 1e-9);
        int count = (int)(Math.Floor(max / step + 1e-9) - first) + 1;
        return [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => (first + i) * step)];
    }

    private static double[] LogTicks(double min, double max, int most)
    {
        int low = (int)Math.Floor(Math.Log10(min)), high = (int)Math.Ceiling(Math.Log10(max));
        foreach (double[] digits in (double[][])[[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]])
        {
            double[] ticks = [.. Inside(digits)];
            if (ticks.Length <= most)
                return ticks.Length >= 2 ? ticks : LinearTicks(min, max, most);
        }
        int stride = (int)Math.Ceiling((double)(high - low + 1) / most);
        return [.. Inside([1]).Where((_, i) => i % stride == 0)];

        IEnumerable<double> Inside(double[] digits) =>
            from decade in Enumerable.Range(low, high - low + 1)
            from digit in digits
            let value = digit * Math.Pow(10, decade)
            where value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)
            select value;
    }

    private double[] SymLogTicks(int most)
    {
        if (Max - Min < 10)
            return LinearTicks(Min, Max, most);
        double[] all = [.. Enumerable.Range(0, 13).Select(d => Math.Pow(10, d)).SelectMany(v => (double[])[v, -v]).Append(0).Order()];
        double[] inside = [.. all.Where(v => v >= Min && v <= Max)];
        int stride = (int)Math.Ceiling((double)inside.Length / most);
        int zero = Math.Max(0, Array.IndexOf(inside, 0));
        return [.. inside.Where((_, i) => (i - zero) % stride == 0)];
    }
}
