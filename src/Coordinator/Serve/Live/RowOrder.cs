using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>Orders experiments by a column: those without a value last whatever the direction, equal ones by their number.</summary>
/// <param name="column">The column.</param>
/// <param name="descending">True for the greatest first.</param>
internal sealed class RowOrder(ResultColumn column, bool descending) : IComparer<(ResultRow Row, object? Key)>
{
    /// <summary>The value that places a row.</summary>
    public object? KeyOf(ResultRow row) => column.ValueOf(row);

    /// <inheritdoc/>
    public int Compare((ResultRow Row, object? Key) x, (ResultRow Row, object? Key) y) =>
        Compare(x.Key, x.Row.Experiment.Number, y.Key, y.Row.Experiment.Number);

    /// <summary>Compares two rows by their values and numbers.</summary>
    public int Compare(object? x, int xNumber, object? y, int yNumber)
    {
        int order = (x, y) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            _ => descending ? Values(y, x) : Values(x, y),
        };
        return order != 0 ? order : xNumber.CompareTo(yNumber);
    }

    private static int Values(object x, object y) => (x, y) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (IComparable a, _) when x.GetType() == y.GetType() => a.CompareTo(y),
        _ => 0,
    };
}
