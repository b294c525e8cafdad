using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan results [SWEEP...]</c>: the ranking, or a row an experiment of one or several sweeps as CSV, JSON or Parquet. Needs no silo.</summary>
internal static class ResultsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string[]> sweeps = new("SWEEP") { Description = "Sweeps (id, beginning of one, or `last`); without any, those that --tag, --name or --state choose.", Arity = ArgumentArity.ZeroOrMore };
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> csv = new("--csv") { Description = "A row an experiment as CSV." };
        Option<bool> json = CommonOptions.Json("An object an experiment, in one JSON array.");
        Option<bool> parquet = new("--parquet") { Description = "A row an experiment as Parquet; needs --out." };
        Option<int?> best = new("--best") { Description = "Only the K experiments with the best full scores, best first, over all sweeps.", HelpName = "K" };
        Option<string?> file = new("--out") { Description = "The file to write in place of the standard output.", HelpName = "FILE" };
        Command command = new("results", "Print a sweep's ranking, or the experiments of sweeps for a script.") { sweeps, store, csv, json, parquet, best, file };
        FilterOptions search = new(command);
        command.Validators.Add(result =>
        {
            if (new[] { csv, json, parquet }.Count(result.GetValue) > 1)
                result.AddError("--csv, --json and --parquet exclude each other; name one of them");
            if (result.GetValue(parquet) && result.GetValue(file) is null)
                result.AddError("--parquet is binary and needs a file: add --out results.parquet");
        });
        best.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int typed) && typed < 1)
                result.AddError($"--best is {text}, but must be at least 1");
        });
        command.SetAction((parse, cancel) => RunAsync(
            surroundings,
            parse.GetRequiredValue(store),
            new Wanted(parse.GetValue(sweeps) ?? [], search.Filter(parse), search.Conditions(parse), parse.GetValue(best)),
            parse.GetValue(parquet) ? ParquetResults.WriteAsync : parse.GetValue(json) ? JsonAsync : parse.GetValue(csv) ? CsvAsync : null,
            parse.GetValue(file),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings,
        string storeUri,
        Wanted wanted,
        Func<Stream, ResultTable, CancellationToken, Task>? write,
        string? typedFile,
        CancellationToken cancellationToken)
    {
        string? file = typedFile is null ? null : BlobDownload.CheckTarget(surroundings, typedFile);
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        IReadOnlyList<SweepRecord> sweeps = await ReadAsync(store, wanted, cancellationToken);
        foreach (string problem in sweeps.SelectMany(s => s.Problems))
            surroundings.Error.WriteLine($"note: {problem}");
        ResultTable table = Choose(ResultTable.Of(sweeps), wanted);
        using MemoryStream content = new();
        await (write ?? ((stream, t, _) => TextAsync(stream, t, sweeps, wanted)))(content, table, cancellationToken);
        if (file is null)
        {
            surroundings.Out.Write(System.Text.Encoding.UTF8.GetString(content.ToArray()));
            return ExitCode.Done;
        }
        await File.WriteAllBytesAsync(file, content.ToArray(), cancellationToken);
        surroundings.Error.WriteLine($"wrote {file}");
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<SweepRecord>> ReadAsync(IBlobStore store, Wanted wanted, CancellationToken cancellationToken)
    {
        SweepFilter filter = wanted.Filter;
        bool chosen = filter.Tags.Count > 0 || filter.Name is not null || filter.States.Count > 0;
        if (wanted.Sweeps.Count == 0 && !chosen)
            throw new UserException(ExitCode.BadInput, "no sweep is named", "name one or more, such as last, or choose with --tag, --name or --state");
        SweepDirectory directory = new(store);
        HashSet<string> ids = [];
        foreach (string typed in wanted.Sweeps)
            ids.Add(await directory.ResolveAsync(typed, cancellationToken));
        if (chosen)
        {
            string[] found = [.. (await new SweepFinder(store).FindAsync(filter, cancellationToken)).Select(f => f.Entry.Id)];
            ids = wanted.Sweeps.Count > 0 ? [.. ids.Intersect(found)] : [.. found];
        }
        if (ids.Count == 0)
            throw new UserException(ExitCode.NotFound, $"{store.Uri} holds no such sweep", "`catgan list` shows all");
        List<SweepRecord> sweeps = [];
        foreach (string id in ids)
            sweeps.Add(await SweepReader.ResolveAsync(store, id, cancellationToken));
        return sweeps;
    }

    private static ResultTable Choose(ResultTable table, Wanted wanted)
    {
        Func<ResultRow, bool>[] tests = [.. wanted.Conditions.Select(c => c.Against(table.Columns))];
        ResultTable chosen = table.Where(r => wanted.Filter.IsVariant(r) && tests.All(t => t(r)));
        if (wanted.Best is not { } best)
            return chosen;
        string[] objectives = [.. chosen.Rows.Select(r => $"{r.Sweep.Metric} ({(r.Sweep.Minimize ? "less" : "more")} is better)").Distinct()];
        return objectives.Length <= 1
            ? chosen.Best(best)
            : throw new UserException(ExitCode.BadInput, $"--best needs sweeps that compare by the same objective, but these compare by {string.Join(" and ", objectives)}", "name fewer sweeps");
    }

    private static async Task CsvAsync(Stream destination, ResultTable table, CancellationToken cancellationToken)
    {
        await using StreamWriter writer = new(destination, leaveOpen: true);
        ResultsWriter.WriteCsv(writer, table);
    }

    private static Task JsonAsync(Stream destination, ResultTable table, CancellationToken cancellationToken)
    {
        ResultsWriter.WriteJson(destination, table);
        destination.WriteByte((byte)'\n');
        return Task.CompletedTask;
    }

    private static async Task TextAsync(Stream destination, ResultTable table, IReadOnlyList<SweepRecord> sweeps, Wanted wanted)
    {
        await using StreamWriter writer = new(destination, leaveOpen: true);
        IEnumerable<string> lines = sweeps.Count == 1 && !wanted.ChoosesRows ? SweepClosing.Ranking(sweeps[0], int.MaxValue) : ResultLines.Of(table);
        foreach (string line in lines)
            await writer.WriteLineAsync(line);
    }

    private sealed record Wanted(IReadOnlyList<string> Sweeps, SweepFilter Filter, IReadOnlyList<ResultCondition> Conditions, int? Best)
    {
        public bool ChoosesRows => Best is not null || Conditions.Count > 0 || Filter.Variants.Count > 0;
    }
}
