using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;

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
            new ResultsWish(
                parse.GetValue(sweeps) ?? [],
                search.Filter(parse),
                search.Conditions(parse),
                parse.GetValue(best),
                parse.GetValue(parquet) ? ResultsFormat.Parquet : parse.GetValue(json) ? ResultsFormat.Json : parse.GetValue(csv) ? ResultsFormat.Csv : ResultsFormat.Text),
            parse.GetValue(file),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string storeUri, ResultsWish wish, string? typedFile, CancellationToken cancellationToken)
    {
        string? file = typedFile is null ? null : WholeFile.CheckTarget(surroundings, typedFile);
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, new SiloWishes());
        using MemoryStream content = new();
        foreach (string problem in await desk.ResultsAsync(wish, content, cancellationToken))
            surroundings.Error.WriteLine($"note: {problem}");
        if (file is null)
        {
            surroundings.Out.Write(System.Text.Encoding.UTF8.GetString(content.ToArray()));
            return ExitCode.Done;
        }
        await File.WriteAllBytesAsync(file, content.ToArray(), cancellationToken);
        surroundings.Error.WriteLine($"wrote {file}");
        return ExitCode.Done;
    }
}
