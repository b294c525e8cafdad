using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Watching;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan status SWEEP</c>: where a sweep stands, by its silo or else by its journal. Starts no silo.</summary>
internal static class StatusCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.Sweep();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = CommonOptions.Json("Print one JSON object.");
        Command command = new("status", "Show once where a sweep stands.") { sweep, store, json };
        command.SetAction((parse, cancel) => RunAsync(surroundings, parse.GetRequiredValue(sweep), parse.GetRequiredValue(store), parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string typed, string storeUri, bool json, CancellationToken cancellationToken)
    {
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, new SiloWishes());
        string sweep = await desk.ResolveAsync(typed, cancellationToken);
        await ShowAsync(surroundings, desk, sweep, json, cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>Shows where a sweep stands, and how to go on when it is not over and nobody works on it.</summary>
    public static async Task ShowAsync(Surroundings surroundings, ISweepDesk desk, string sweep, bool json, CancellationToken cancellationToken)
    {
        (SweepStatus status, bool live) = await desk.StatusAsync(sweep, cancellationToken);
        Show(surroundings, status, json);
        if (!live && status.Phase is (SweepPhase.Running or SweepPhase.Pausing or SweepPhase.Paused))
            surroundings.Error.WriteLine($"no silo works on it; go on with: catgan resume {sweep}");
    }

    private static void Show(Surroundings surroundings, SweepStatus status, bool json)
    {
        foreach (string line in json ? [JsonView.Write(status)] : StatusPage.Lines(status))
            surroundings.Out.WriteLine(line);
    }
}
