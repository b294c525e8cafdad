using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan report SWEEP</c>: writes a sweep's report anew, also while it runs. Needs no silo.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.Sweep();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<string?> file = new("--out") { Description = "Also write it to this file.", HelpName = "FILE" };
        Command command = new("report", "Write a sweep's report anew; prints where it is.") { sweep, store, file };
        command.SetAction((parse, cancel) => RunAsync(surroundings, parse.GetRequiredValue(sweep), parse.GetRequiredValue(store), parse.GetValue(file), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string typed, string storeUri, string? file, CancellationToken cancellationToken)
    {
        string? target = file is null ? null : BlobDownload.CheckTarget(surroundings, file);
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        string sweep = await new SweepDirectory(store).ResolveAsync(typed, cancellationToken);
        string report = await SweepClosing.ReportAsync(surroundings, store, sweep, cancellationToken);
        if (target is not null)
            await BlobDownload.CopyAsync(store, StoreLayout.Report(sweep), target, cancellationToken);
        surroundings.Out.WriteLine(target ?? report);
        return ExitCode.Done;
    }
}
