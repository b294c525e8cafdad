using System.Collections.Immutable;

namespace CatGan.Search.Samplers;

/// <summary>The parameters of a space that vary, each an axis from 0 to 1; of a configuration those that are there have a cell.</summary>
internal sealed class TpeAxes(ParameterSpace space)
{
    /// <summary>The space that they are of.</summary>
    public ParameterSpace Space => space;

    /// <summary>The parameters, conditions before those that depend on them.</summary>
    public ImmutableArray<Parameter> All { get; } = [.. space.Order.Where(p => p is not FixedParameter)];

    /// <summary>The cells of a configuration; null where a parameter is not there, or has a value out of its range.</summary>
    public Cell?[] Encode(Configuration configuration)
    {
        Cell?[] cells = new Cell?[All.Length];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = configuration.TryGetValue(All[i].Name, out string? value) ? All[i].CellOf(value) : null;
        return cells;
    }

    /// <summary>A configuration and its cells, axis by axis.</summary>
    /// <param name="place">The place on an axis, from 0 to below 1; asked only for parameters that are there.</param>
    public (Configuration Configuration, Cell?[] Cells) Make(Func<int, double> place)
    {
        Dictionary<string, string> values = [];
        Cell?[] cells = new Cell?[All.Length];
        int axis = 0;
        foreach (Parameter parameter in space.Order)
        {
            bool active = ParameterSpace.IsActive(parameter, values);
            if (active)
                values[parameter.Name] = parameter.At(parameter is FixedParameter ? 0 : place(axis));
            if (parameter is not FixedParameter)
            {
                cells[axis] = active ? parameter.CellOf(values[parameter.Name]) : null;
                axis++;
            }
        }
        return (new Configuration(values), cells);
    }
}
