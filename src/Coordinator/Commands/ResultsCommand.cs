using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan results SWEEP</c>: the ranking, or a row an experiment as CSV, JSON or Parquet. Needs no silo.</summary>
internal static class ResultsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.Sweep();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> csv = new("--csv") { Description = "A row an experiment as CSV." };
        Option<bool> json = CommonOptions.Json("An object an experiment, in one JSON array.");
        Option<bool> parquet = new("--parquet") { Description = "A row an experiment as Parquet; needs --out." };
        Option<string?> file = new("--out") { Description = "The file to write in place of the standard output.", HelpName = "FILE" };
        Command command = new("results", "Print a sweep's ranking, or all its experiments for a script.") { sweep, store, csv, json, parquet, file };
        command.Validators.Add(result =>
        {
            if (new[] { csv, json, parquet }.Count(result.GetValue) > 1)
                result.AddError("--csv, --json and --parquet exclude each other; name one of them");
            if (result.GetValue(parquet) && result.GetValue(file) is null)
                result.AddError("--parquet is binary and needs a file: add --out results.parquet");
        });
        command.SetAction((parse, cancel) =>
        {
            Func<Stream, SweepRecord, CancellationToken, Task> write =
                parse.GetValue(parquet) ? ParquetResults.WriteAsync : parse.GetValue(json) ? JsonAsync : parse.GetValue(csv) ? CsvAsync : TableAsync;
            return RunAsync(surroundings, parse.GetRequiredValue(sweep), parse.GetRequiredValue(store), parse.GetValue(file), write, cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings,
        string typed,
        string storeUri,
        string? typedFile,
        Func<Stream, SweepRecord, CancellationToken, Task> write,
        CancellationToken cancellationToken)
    {
        string? file = typedFile is null ? null : BlobDownload.CheckTarget(surroundings, typedFile);
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        SweepRecord sweep = await SweepReader.ResolveAsync(store, typed, cancellationToken);
        foreach (string problem in sweep.Problems)
            surroundings.Error.WriteLine($"note: {problem}");
        using MemoryStream content = new();
        await write(content, sweep, cancellationToken);
        if (file is null)
        {
            surroundings.Out.Write(System.Text.Encoding.UTF8.GetString(content.ToArray()));
            return ExitCode.Done;
        }
        await File.WriteAllBytesAsync(file, content.ToArray(), cancellationToken);
        surroundings.Error.WriteLine($"wrote {file}");
        return ExitCode.Done;
    }

    private static async Task CsvAsync(Stream destination, SweepRecord sweep, CancellationToken cancellationToken)
    {
        await using StreamWriter writer = new(destination, leaveOpen: true);
        ResultsWriter.WriteCsv(writer, sweep);
    }

    private static Task JsonAsync(Stream destination, SweepRecord sweep, CancellationToken cancellationToken)
    {
        ResultsWriter.WriteJson(destination, sweep);
        destination.WriteByte((byte)'\n');
        return Task.CompletedTask;
    }

    private static async Task TableAsync(Stream destination, SweepRecord sweep, CancellationToken cancellationToken)
    {
        await using StreamWriter writer = new(destination, leaveOpen: true);
        foreach (string line in SweepClosing.Ranking(sweep, int.MaxValue))
            await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
    }
}
