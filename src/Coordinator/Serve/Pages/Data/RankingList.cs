using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Report;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Live;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>A page of a sweep's ranking.</summary>
internal sealed record RankingList
{
    /// <summary>Rows a page.</summary>
    public const int Size = 50;

    // More would not fit beside each other; the others are on the experiments' own pages.
    private const int MostParameters = 6;

    /// <summary>Parameters that differ between experiments, as the spec names them, without the preset.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>The rows of this page.</summary>
    public required ImmutableArray<ResultRow> Rows { get; init; }

    /// <summary>Ranks of the configurations, by their index.</summary>
    public required IReadOnlyDictionary<int, ConfigurationRank> Ranks { get; init; }

    /// <summary>Experiments that match.</summary>
    public required int Matching { get; init; }

    /// <summary>This page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Pages in all.</summary>
    public int Pages => Math.Max(1, (Matching + Size - 1) / Size);

    /// <summary>What was wrong with the search; null when nothing was.</summary>
    public string? Fault { get; init; }

    /// <summary>What the search has not looked at; null when it has looked at everything.</summary>
    public string? Note { get; init; }

    /// <summary>Reads a page.</summary>
    /// <param name="view">The sweep.</param>
    /// <param name="reader">Reads curves, which some searches need.</param>
    /// <param name="search">A text to find, conditions such as <c>lr_d&gt;1e-4</c>, or both with commas between; null for all.</param>
    /// <param name="sort">Column to sort by, with a minus for the greatest first; null for the ranking.</param>
    /// <param name="page">The page, from 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<RankingList> ReadAsync(SweepView view, ExperimentReader reader, string? search, string? sort, int page, CancellationToken cancellationToken)
    {
        string[] varying = [.. view.Summary.Values.Where(v => v.Value.Length > 1 && v.Key != ExperimentSettings.Preset).Select(v => v.Key).Take(MostParameters)];
        ExperimentQuery query = Query(search, view.Table);
        string? fault = null;
        ImmutableArray<ResultRow> matching = [];
        try
        {
            query = await query.WithCurvesAsync(view, reader, cancellationToken);
            matching = Find(view, query, sort);
        }
        catch (UserException e)
        {
            // There is no command line here, whose option it is.
            fault = e.Message.StartsWith(ResultCondition.Option, StringComparison.Ordinal) ? "a condition" + e.Message[ResultCondition.Option.Length..] : e.Message;
        }
        page = Math.Clamp(page, 1, Math.Max(1, (matching.Length + Size - 1) / Size));
        return new()
        {
            Parameters = varying,
            Rows = [.. matching.Skip((page - 1) * Size).Take(Size)],
            Ranks = view.Record.Ranking.ToDictionary(r => r.Configuration),
            Matching = matching.Length,
            Page = page,
            Fault = fault,
            Note = query.AsksForLikeness && query.Read.Count == 0 ? $"Whether pictures are cats is in the curves, and a search of more than {CourseApi.ReadCurves} experiments reads none: {Verdict.NotCatsYet} finds nothing here, {Verdict.Worked} finds those too." : null,
        };
    }

    /// <summary>The column that sorts by a parameter: shorthands have none of their own.</summary>
    public static string ColumnOf(string parameter) => parameter switch
    {
        ExperimentSettings.LrBoth => "lr_d",
        ExperimentSettings.HiddenBoth => "hidden_g",
        _ => parameter,
    };

    private static ExperimentQuery Query(string? search, ResultTable table)
    {
        ILookup<bool, string> parts = (search ?? "").Split(',').ToLookup(p => IsCondition(p, table));
        // The commas of a text stay in it.
        return new() { Search = string.Join(',', parts[false]).Trim(' ', ','), Where = [.. parts[true].Select(p => p.Trim())] };
    }

    // What begins with a column and a comparison is meant as a condition, and its faults are told.
    private static bool IsCondition(string part, ResultTable table) => ResultCondition.IsOne(part)
        || part.AsSpan().IndexOfAny("<>=!") is > 0 and var at && table.Columns.Any(c => c.Name.Equals(part[..at].Trim(), StringComparison.OrdinalIgnoreCase));

    private static ImmutableArray<ResultRow> Find(SweepView view, ExperimentQuery query, string? sort)
    {
        string name = sort?.TrimStart('-') is { Length: > 0 } typed ? typed : "rank";
        return query.Matching(view, ExperimentQuery.Find(view.Table, name), sort is ['-', ..]);
    }
}
