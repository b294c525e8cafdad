using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan run SPEC</c>: starts a sweep, shows it, and leaves its report.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> spec = SweepArguments.Spec();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = SweepArguments.JsonLines();
        Command command = new("run", "Start a sweep, show it while it runs, and write its report. Ctrl-C pauses it.") { spec, store, json };
        SiloOptions silo = new(command);
        command.SetAction((parse, cancel) => RunAsync(
            surroundings, parse.GetRequiredValue(spec), parse.GetRequiredValue(store), silo.Of(parse), parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings, string spec, string storeUri, SiloWishes wishes, bool json, CancellationToken cancellationToken)
    {
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        Submission submission = await Submission.PrepareAsync(surroundings, spec, store, cancellationToken);
        foreach (string note in submission.Notes)
            surroundings.Error.WriteLine(note);
        IClusterDoor door = surroundings.Door(surroundings);
        await using ICluster cluster = await door.JoinAsync(StoreOpener.Absolute(surroundings, storeUri), store, wishes, cancellationToken);
        await submission.SendAsync(cluster);
        surroundings.Error.WriteLine($"sweep {submission.Sweep}");
        await using StoreDesk desk = new(surroundings, store, new OwnSilos(surroundings, storeUri, store, wishes));
        return await new SweepFollower(surroundings, desk, submission.Sweep, json).FollowAsync(door, store, cluster);
    }
}
