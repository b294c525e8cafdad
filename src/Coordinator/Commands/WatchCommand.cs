using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan watch SWEEP</c>: shows a sweep that runs; leaving it changes nothing.</summary>
internal static class WatchCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.Sweep();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = SweepArguments.JsonLines();
        Command command = new("watch", "Show a sweep while it runs. Ctrl-C leaves; the sweep goes on.") { sweep, store, json };
        command.SetAction((parse, cancel) => RunAsync(surroundings, parse.GetRequiredValue(sweep), parse.GetRequiredValue(store), parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string typed, string storeUri, bool json, CancellationToken cancellationToken)
    {
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, new SiloWishes());
        string sweep = await desk.ResolveAsync(typed, cancellationToken);
        if (await new SweepFollower(surroundings, desk, sweep, json).WatchAsync() is { } code)
            return code;
        await StatusCommand.ShowAsync(surroundings, desk, sweep, json, cancellationToken);
        return ExitCode.Done;
    }
}
