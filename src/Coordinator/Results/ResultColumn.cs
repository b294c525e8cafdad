namespace CatGan.Coordinator.Results;

/// <summary>What a column of the results holds.</summary>
internal enum ColumnKind
{
    /// <summary>A 64-bit whole number.</summary>
    Whole,

    /// <summary>A number; not-a-number and the infinities become empty.</summary>
    Real,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>Text.</summary>
    Text,
}

/// <summary>A column of the results: one value an experiment, empty (null) where there is none.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Read">Its value: long, double, bool or string as <paramref name="Kind"/> says, or null.</param>
internal sealed record ResultColumn(string Name, ColumnKind Kind, Func<ResultRow, object?> Read)
{
    /// <summary>The value of an experiment; a number that is not finite is none.</summary>
    public object? ValueOf(ResultRow row) =>
        Read(row) switch
        {
            double value when !double.IsFinite(value) => null,
            var value => value,
        };
}
