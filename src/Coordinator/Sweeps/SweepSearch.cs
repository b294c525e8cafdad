using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Sweeps;

/// <summary>What a person looks for among sweeps.</summary>
/// <param name="Filter">What is known of each.</param>
/// <param name="Where">What some experiment of it must be.</param>
internal sealed record SweepSearch(SweepFilter Filter, IReadOnlyList<ResultCondition> Where)
{
    /// <summary>True when it lets everything through.</summary>
    public bool IsEmpty => Filter.IsEmpty && Where.Count == 0;

    /// <summary>True when some experiment of a sweep is what was asked for, as far as its journal tells.</summary>
    public bool Has(ResultTable table)
    {
        Func<ResultRow, bool>[] tests = [.. Where.Select(c => c.Against(table.Columns))];
        return table.Rows.Any(r => Filter.IsVariant(r) && tests.All(t => t(r)));
    }
}
