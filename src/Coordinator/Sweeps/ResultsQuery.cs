using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Reads, chooses and writes the experiments of sweeps. Needs no silo.</summary>
internal sealed class ResultsQuery(IBlobStore store)
{
    /// <summary>Writes what is wished.</summary>
    /// <param name="wish">Which, and how.</param>
    /// <param name="destination">A stream that can seek.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>What could not be read, a sentence each.</returns>
    /// <exception cref="UserException">It cannot be understood, or there is no such sweep.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(ResultsWish wish, Stream destination, CancellationToken cancellationToken)
    {
        IReadOnlyList<SweepRecord> sweeps = await ReadAsync(wish, cancellationToken);
        ResultTable table = Choose(ResultTable.Of(sweeps), wish);
        switch (wish.Format)
        {
            case ResultsFormat.Parquet:
                await ParquetResults.WriteAsync(destination, table, cancellationToken);
                break;
            case ResultsFormat.Json:
                ResultsWriter.WriteJson(destination, table);
                destination.WriteByte((byte)'\n');
                break;
            case ResultsFormat.Csv:
                await using (StreamWriter writer = new(destination, leaveOpen: true))
                    ResultsWriter.WriteCsv(writer, table);
                break;
            default:
                await WriteTextAsync(destination, table, sweeps, wish);
                break;
        }
        return [.. sweeps.SelectMany(s => s.Problems)];
    }

    private static async Task WriteTextAsync(Stream destination, ResultTable table, IReadOnlyList<SweepRecord> sweeps, ResultsWish wish)
    {
        await using StreamWriter writer = new(destination, leaveOpen: true);
        IEnumerable<string> lines = sweeps.Count == 1 && !wish.ChoosesRows ? SweepClosing.Ranking(sweeps[0], int.MaxValue) : ResultLines.Of(table);
        foreach (string line in lines)
            await writer.WriteLineAsync(line);
    }

    private async Task<IReadOnlyList<SweepRecord>> ReadAsync(ResultsWish wish, CancellationToken cancellationToken)
    {
        if (wish.Sweeps.Count == 0 && !wish.ChoosesSweeps)
            throw new UserException(ExitCode.BadInput, "no sweep is named", "name one or more, such as last, or choose with --tag, --name or --state");
        SweepDirectory directory = new(store);
        HashSet<string> ids = [];
        foreach (string typed in wish.Sweeps)
            ids.Add(await directory.ResolveAsync(typed, cancellationToken));
        if (wish.ChoosesSweeps)
        {
            string[] found = [.. (await new SweepFinder(store).FindAsync(wish.Filter, cancellationToken)).Select(f => f.Entry.Id)];
            ids = wish.Sweeps.Count > 0 ? [.. ids.Intersect(found)] : [.. found];
        }
        if (ids.Count == 0)
            throw new UserException(ExitCode.NotFound, $"{store.Uri} holds no such sweep", "`catgan list` shows all");
        List<SweepRecord> sweeps = [];
        foreach (string id in ids)
            sweeps.Add(await SweepReader.ResolveAsync(store, id, cancellationToken));
        return sweeps;
    }

    private static ResultTable Choose(ResultTable table, ResultsWish wish)
    {
        Func<ResultRow, bool>[] tests = [.. wish.Conditions.Select(c => c.Against(table.Columns))];
        ResultTable chosen = table.Where(r => wish.Filter.IsVariant(r) && tests.All(t => t(r)));
        if (wish.Best is not { } best)
            return chosen;
        string[] objectives = [.. chosen.Rows.Select(r => $"{r.Sweep.Metric} ({(r.Sweep.Minimize ? "less" : "more")} is better)").Distinct()];
        return objectives.Length <= 1
            ? chosen.Best(best)
            : throw new UserException(ExitCode.BadInput, $"--best needs sweeps that compare by the same objective, but these compare by {string.Join(" and ", objectives)}", "name fewer sweeps");
    }
}
