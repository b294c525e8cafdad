using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan report SWEEP</c>: writes a sweep's report anew, also while it runs. Needs no silo.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.Sweep();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<string?> file = new("--out") { Description = "Also write it to this file; with --server, write it to this one. [default with --server: SWEEP.html]", HelpName = "FILE" };
        Command command = new("report", "Write a sweep's report anew; prints where it is.") { sweep, store, file };
        command.SetAction((parse, cancel) => RunAsync(surroundings, parse.GetRequiredValue(sweep), parse.GetRequiredValue(store), parse.GetValue(file), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string typed, string storeUri, string? file, CancellationToken cancellationToken)
    {
        string? target = file is null ? null : WholeFile.CheckTarget(surroundings, file);
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, new SiloWishes());
        string sweep = await desk.ResolveAsync(typed, cancellationToken);
        surroundings.Out.WriteLine(await desk.ReportAsync(sweep, target, cancellationToken));
        return ExitCode.Done;
    }
}
