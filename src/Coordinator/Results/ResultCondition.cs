using System.Globalization;
using System.Text.RegularExpressions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.Results;

/// <summary>What <c>--where</c> asks of an experiment: a column of the results, a comparison and a value.</summary>
/// <param name="Columns">Columns that must all hold it; two for <c>lr</c> and <c>hidden</c>, which stand for both networks.</param>
/// <param name="Comparison">One of <c>= != &lt; &lt;= &gt; &gt;=</c>.</param>
/// <param name="Value">The value as typed.</param>
internal sealed partial record ResultCondition(IReadOnlyList<string> Columns, string Comparison, string Value)
{
    /// <summary>The option that asks for it, with which its faults begin.</summary>
    public const string Option = "--where";

    /// <summary>The whole of it as typed.</summary>
    public string Typed { get; init; } = "";

    /// <summary>True of a text that is of that form, whatever it names.</summary>
    public static bool IsOne(string typed) => Form().IsMatch(typed);

    /// <summary>Reads a condition such as <c>lr_d&gt;1e-4</c>.</summary>
    /// <exception cref="UserException">It is not of that form.</exception>
    public static ResultCondition Parse(string typed)
    {
        Match match = Form().Match(typed);
        if (!match.Success)
            throw new UserException(ExitCode.BadInput, $"{Option} is {typed}, but must be NAME, a comparison (= != < <= > >=) and a value", $"such as {Option} 'lr_d>1e-4', in quotes because of the shell");
        string name = match.Groups["name"].Value;
        return new(name is "lr" or "hidden" ? [$"{name}_d", $"{name}_g"] : [name], match.Groups["how"].Value, match.Groups["value"].Value.Trim()) { Typed = typed };
    }

    /// <summary>The test of a row.</summary>
    /// <exception cref="UserException">The columns do not have it, or the value is of another kind.</exception>
    public Func<ResultRow, bool> Against(IReadOnlyList<ResultColumn> columns)
    {
        Func<ResultRow, bool>[] tests = [.. Columns.Select(name => Test(Find(columns, name)))];
        return row => tests.All(t => t(row));
    }

    private Func<ResultRow, bool> Test(ResultColumn column)
    {
        if (column.Kind is ColumnKind.Text or ColumnKind.Flag)
        {
            if (Comparison is not ("=" or "!="))
                throw new UserException(ExitCode.BadInput, $"{Option} compares {column.Name} by {Comparison}, but it is no number", "use = or !=");
            return row => column.ValueOf(row) is { } value && string.Equals($"{value}", Value, StringComparison.OrdinalIgnoreCase) == (Comparison == "=");
        }
        double wanted = SpecNumber.Parse(Value)
            ?? throw new UserException(ExitCode.BadInput, $"{Option} compares {column.Name} with {Value}, but it is a number", "write one, such as 1e-4");
        return row => column.ValueOf(row) is { } value && Holds(Convert.ToDouble(value, CultureInfo.InvariantCulture), wanted);
    }

    private bool Holds(double value, double wanted) => Comparison switch
    {
        "=" => value == wanted,
        "!=" => value != wanted,
        "<" => value < wanted,
        "<=" => value <= wanted,
        ">" => value > wanted,
        _ => value >= wanted,
    };

    private static ResultColumn Find(IReadOnlyList<ResultColumn> columns, string name) => columns.FirstOrDefault(c => c.Name == name)
        ?? throw new UserException(ExitCode.BadInput, $"{Option} names {name}, which no experiment has{Suggestion.For(name, columns.Select(c => c.Name))}", "docs/formats.md lists the columns of results");

    [GeneratedRegex(@"^\s*(?<name>[a-z][a-z0-9_]*)\s*(?<how>!=|<=|>=|=|<|>)\s*(?<value>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
