using System.Collections.Immutable;
using System.Globalization;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Report;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Pages.Data;
using CatGan.Coordinator.Serve.Pages.Parts;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Which experiments of a sweep somebody wants to see, and in which order. Serves the API and the pages.</summary>
internal sealed record ExperimentQuery
{
    private const int MostConditions = 20;

    /// <summary>Column to sort by, with a minus before it for the greatest first; null for the number.</summary>
    public string? Sort { get; init; }

    /// <summary>Conditions such as <c>lr_d&gt;1e-4</c> that must all hold.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>Variants of which it must be one; empty for any.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>A number of an experiment, or a text that a setting, the state as lists show it, the outcome, the worker, a flag or the reason must contain; null for anything.</summary>
    public string? Search { get; init; }

    /// <summary>Experiments with what their curves know, by number, where the search needs it; empty otherwise.</summary>
    public IReadOnlyDictionary<int, ExperimentRecord> Read { get; init; } = ImmutableDictionary<int, ExperimentRecord>.Empty;

    /// <summary>Columns to show; empty for all.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>True when the search is for a state that curves alone can tell: whether what was trained to the end is cats.</summary>
    public bool AsksForLikeness => Search?.Trim() is { Length: > 0 } text
        && (Verdict.Worked.Contains(text, StringComparison.OrdinalIgnoreCase) || Verdict.NotCatsYet.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The same with the curves that it needs, unless they are too many to be read for a search.</summary>
    public async Task<ExperimentQuery> WithCurvesAsync(SweepView view, ExperimentReader reader, CancellationToken cancellationToken) =>
        AsksForLikeness && view.Experiments.Length <= CourseApi.ReadCurves
            ? this with { Read = (await reader.ReadAllAsync(view, Enumerable.Range(1, view.Experiments.Length), cancellationToken)).ToImmutableDictionary(e => e.Number) }
            : this;

    /// <summary>A page of them.</summary>
    /// <param name="view">The sweep.</param>
    /// <param name="live">What its silo says of those that run; null when there is none.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="cursor">Where to begin; null for the first page.</param>
    /// <exception cref="UserException">A column, condition or cursor is none.</exception>
    public ExperimentPage Page(SweepView view, SweepStatus? live, int limit, string? cursor)
    {
        bool descending = Sort is ['-', ..];
        ResultColumn sort = Find(view.Table, Sort is null ? "experiment" : Sort.TrimStart('-'));
        string order = $"{(descending ? "-" : "")}{sort.Name}";
        ImmutableArray<ResultRow> matching = Matching(view, sort, descending);
        int first = Cursor.Read(cursor, order, sort.Kind) is { } from ? After(view, matching, sort, descending, from) : 0;
        ImmutableArray<ResultRow> page = [.. matching.Skip(first).Take(limit)];
        string? next = first + page.Length < matching.Length && page is [.., var last] ? new Cursor(order, sort.ValueOf(last), $"{last.Experiment.Number}").Write() : null;
        ResultColumn[] shown = Columns.Count == 0 ? [.. view.Table.Columns] : [.. Columns.Distinct().Select(c => Find(view.Table, c))];
        Dictionary<int, ExperimentStatus> running = live?.Experiments.ToDictionary(e => e.Number) ?? [];
        return new([.. page.Select(r => Row(shown, r, running.GetValueOrDefault(r.Experiment.Number)))], matching.Length, view.Record.Total, next);
    }

    /// <summary>How many rows come up to and with the last one of the page before.</summary>
    private static int After(SweepView view, ImmutableArray<ResultRow> matching, ResultColumn sort, bool descending, Cursor from)
    {
        if (!int.TryParse(from.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            throw Cursor.None();
        object? value = from.Value is TextBeginning cut
            ? cut.Whole(view.Table.Rows.FirstOrDefault(r => r.Experiment.Number == number) is { } row ? sort.ValueOf(row) : null, descending)
            : from.Value;
        RowOrder rows = new(sort, descending);
        int first = 0;
        while (first < matching.Length && rows.Compare(sort.ValueOf(matching[first]), matching[first].Experiment.Number, value, number) <= 0)
            first++;
        return first;
    }

    /// <summary>All of them in order.</summary>
    public ImmutableArray<ResultRow> Matching(SweepView view, ResultColumn sort, bool descending)
    {
        if (Where.Count > MostConditions || Variants.Count > MostConditions)
            throw new UserException(ExitCode.BadInput, $"more than {MostConditions} conditions");
        ImmutableArray<ResultRow> rows = view.Ordered(sort, descending);
        Func<ResultRow, bool>[] tests = [.. Where.Select(w => ResultCondition.Parse(w).Against(view.Table.Columns))];
        SweepFilter filter = new() { Variants = Variants };
        return tests.Length == 0 && Variants.Count == 0 && string.IsNullOrWhiteSpace(Search)
            ? rows
            : [.. rows.Where(r => tests.All(t => t(r)) && filter.IsVariant(r) && Contains(Read.GetValueOrDefault(r.Experiment.Number, r.Experiment)))];
    }

    /// <summary>A column of this name.</summary>
    /// <exception cref="UserException">There is none.</exception>
    public static ResultColumn Find(ResultTable table, string name) => table.Columns.FirstOrDefault(c => c.Name == name)
        ?? throw new UserException(ExitCode.BadInput, $"there is no column {(name.Length > 100 ? name[..100] + "…" : name)}{Suggestion.For(name, table.Columns.Select(c => c.Name))}", "docs/formats.md lists the columns of results");

    private bool Contains(ExperimentRecord experiment)
    {
        if (string.IsNullOrWhiteSpace(Search))
            return true;
        string text = Search.Trim();
        // A whole number means the experiment, not each 1e-4.
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return experiment.Number == number;
        return experiment.Settings.Any(s => $"{s.Key}={s.Value}".Contains(text, StringComparison.OrdinalIgnoreCase))
            || Has(experiment.Reason) || Has(experiment.Worker) || Has($"{experiment.Outcome}") || Has($"{experiment.Phase}")
            || Has(Verdict.Of(experiment).Word) || experiment.Outcome is { } outcome && Has(PageWords.Of(outcome))
            || experiment.Flags.Any(f => Has(f.Key) || Has(f.Value));

        bool Has(string value) => value.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What runs is further than its journal knows.</summary>
    private static Dictionary<string, object?> Row(ResultColumn[] columns, ResultRow row, ExperimentStatus? running)
    {
        Dictionary<string, object?> values = [];
        foreach (ResultColumn column in columns)
        {
            object? value = (column.Name, running) switch
            {
                ("images", { } live) => live.Images,
                ("seconds", { } live) => live.Seconds,
                ("images_per_second", { ImagesPerSecond: > 0 } live) => live.ImagesPerSecond,
                ("worker", { Worker: { } worker }) => worker,
                _ => column.ValueOf(row),
            };
            if (value is not null)
                values[column.Name] = value;
        }
        if (running?.Score is { } score && double.IsFinite(score))
            values["score"] = score;
        return values;
    }
}

/// <summary>A page of experiments.</summary>
/// <param name="Experiments">Rows: the columns of <c>catgan results</c> that have a value; of one that runs also <c>score</c>, the latest quick or full one.</param>
/// <param name="Matching">Experiments that are meant, on all pages.</param>
/// <param name="Total">Experiments of the sweep, those without a number yet included.</param>
/// <param name="Next">Cursor of the next page; null for the last.</param>
internal sealed record ExperimentPage(IReadOnlyList<IReadOnlyDictionary<string, object?>> Experiments, int Matching, int Total, string? Next);

/// <summary>A column of experiments.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Varies">True for a parameter that is not the same in all experiments.</param>
internal sealed record ColumnDto(string Name, ColumnKind Kind, bool Varies);
