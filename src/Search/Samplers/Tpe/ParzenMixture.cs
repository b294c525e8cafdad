using System.Collections.Immutable;

namespace CatGan.Search.Samplers;

/// <summary>
/// The density of configurations like given ones: a kernel around each (a normal curve cut off at the ends of a numeric
/// axis, mostly the same value on an axis of choices; Bergstra et al. 2011, section 4.2), all axes of a configuration together so
/// that what goes with what is kept (Falkner et al. 2018), and the even distribution as one kernel more. An axis that a
/// configuration does not have is spread evenly in its kernel.
/// </summary>
internal sealed class ParzenMixture
{
    private readonly TpeAxes _axes;
    private readonly IReadOnlyList<Cell?[]> _kernels;
    private readonly ImmutableArray<Bandwidth> _widths;
    private readonly double[,] _logScales;

    public ParzenMixture(TpeAxes axes, IReadOnlyList<Cell?[]> kernels)
    {
        (_axes, _kernels) = (axes, kernels);
        _widths = [.. Enumerable.Range(0, axes.All.Length).Select(a => Bandwidth.Of(axes.All[a], axes.All.Length, kernels.Select(k => k[a])))];
        _logScales = new double[kernels.Count, axes.All.Length];
        for (int k = 0; k < kernels.Count; k++)
        {
            for (int a = 0; a < axes.All.Length; a++)
                _logScales[k, a] = kernels[k][a] is { } cell && !_widths[a].IsChoice ? -Math.Log(_widths[a].Inside(cell.Middle)) : 0;
        }
    }

    /// <summary>A configuration by chance.</summary>
    public (Configuration Configuration, Cell?[] Cells) Draw(SearchRandom random)
    {
        int kernel = random.Below(_kernels.Count + 1);
        return _axes.Make(axis => kernel < _kernels.Count && _kernels[kernel][axis] is { } cell ? _widths[axis].Draw(random, cell) : random.NextDouble());
    }

    /// <summary>
    /// Logarithm of the density, or of the probability on axes whose values have a width, at a configuration.
    /// </summary>
    public double LogDensity(Cell?[] cells)
    {
        double even = 1;
        foreach (Cell? cell in cells)
            even *= cell is { Width: > 0 } wide ? wide.Width : 1;
        double sum = even;
        for (int k = 0; k < _kernels.Count; k++)
            sum += Kernel(k, cells);
        return Math.Log(sum / (_kernels.Count + 1));
    }

    private double Kernel(int k, Cell?[] cells)
    {
        double factor = 1, exponent = 0;
        for (int a = 0; a < cells.Length; a++)
        {
            if (cells[a] is not { } cell)
                continue;
            if (_kernels[k][a] is not { } around)
                factor *= cell.Width > 0 ? cell.Width : 1;
            else if (_widths[a].IsChoice)
                factor *= _widths[a].Chance(around, cell);
            else if (cell.Width > 0)
                factor *= _widths[a].Mass(around.Middle, cell) * Math.Exp(_logScales[k, a]);
            else
                exponent += _widths[a].LogHeight(around.Middle, cell.Middle) + _logScales[k, a];
        }
        return factor * Math.Exp(exponent);
    }
}
