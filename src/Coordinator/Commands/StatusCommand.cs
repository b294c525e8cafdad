using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Watching;
using CatGan.Storage;

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
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        string sweep = await new SweepDirectory(store).ResolveAsync(typed, cancellationToken);
        await using ICluster? cluster = await surroundings.Door(surroundings).FindAsync(store, cancellationToken);
        SweepStatus? live = cluster is null ? null : await cluster.Sweep(sweep).GetStatus(new StatusRequest(0, int.MaxValue, LiveOnly: false), cancellationToken);
        if (live is null)
            return await ShowStoredAsync(surroundings, store, sweep, json, cancellationToken);
        Show(surroundings, await LastScores.FillAsync(store, live, cancellationToken), json);
        return ExitCode.Done;
    }

    /// <summary>Shows what the journal says, and how to go on when the sweep is not over.</summary>
    public static async Task<int> ShowStoredAsync(
        Surroundings surroundings, IBlobStore store, string sweep, bool json, CancellationToken cancellationToken)
    {
        SweepStatus status = StoredSweep.Status(sweep, await StoredSweep.RequireAsync(store, sweep, cancellationToken));
        status = await LastScores.FillAsync(store, status, cancellationToken);
        Show(surroundings, status, json);
        if (status.Phase is SweepPhase.Running or SweepPhase.Pausing or SweepPhase.Paused)
            surroundings.Error.WriteLine($"no silo works on it; go on with: catgan resume {sweep}");
        return ExitCode.Done;
    }

    private static void Show(Surroundings surroundings, SweepStatus status, bool json)
    {
        foreach (string line in json ? [JsonView.Write(status)] : StatusPage.Lines(status))
            surroundings.Out.WriteLine(line);
    }
}
