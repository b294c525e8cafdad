using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan resume SWEEP</c>: goes on after a pause, or after everything was killed; <c>SWEEP/N</c>: lets one paused experiment go on.</summary>
internal static class ResumeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.SweepOrExperiment();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> detach = new("--detach") { Description = "Leave it to the silo in place of showing it." };
        Option<bool> json = SweepArguments.JsonLines();
        Command command = new("resume", "Go on with a sweep after a pause, or after everything was killed; or with one paused experiment.") { sweep, store, detach, json };
        SiloOptions silo = new(command);
        command.SetAction((parse, cancel) => RunAsync(
            surroundings, parse.GetRequiredValue(sweep), parse.GetRequiredValue(store), silo.Of(parse), parse.GetValue(detach), parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings, string typed, string storeUri, SiloWishes wishes, bool detach, bool json, CancellationToken cancellationToken)
    {
        if (CommandRunner.Parse(typed).Experiment is not null)
            return await CommandRunner.RunAsync(surroundings, typed, storeUri, wishes, number => new ResumeExperiment(number!.Value), cancellationToken);
        if (surroundings.Server is not null)
            return await OnServerAsync(surroundings, typed, detach, json, cancellationToken);
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        OwnSilos silos = new(surroundings, storeUri, store, wishes);
        await using StoreDesk desk = new(surroundings, store, silos);
        string sweep = await desk.ResolveAsync(typed, cancellationToken);
        bool goesOn = await desk.ResumeAsync(sweep, cancellationToken);
        surroundings.Error.WriteLine(Words(sweep, goesOn));
        if (detach && goesOn)
            return ExitCode.Done;
        ICluster cluster = await silos.JoinAsync(cancellationToken);
        return await new SweepFollower(surroundings, desk, sweep, json).FollowAsync(surroundings.Door(surroundings), store, cluster);
    }

    /// <summary>Ctrl-C only leaves: the sweep is not this machine's.</summary>
    private static async Task<int> OnServerAsync(Surroundings surroundings, string typed, bool detach, bool json, CancellationToken cancellationToken)
    {
        await using ISweepDesk desk = Desks.Open(surroundings, "", new SiloWishes());
        string sweep = await desk.ResolveAsync(typed, cancellationToken);
        bool goesOn = await desk.ResumeAsync(sweep, cancellationToken);
        surroundings.Error.WriteLine(Words(sweep, goesOn));
        return detach && goesOn ? ExitCode.Done : await new SweepFollower(surroundings, desk, sweep, json).WatchAsync() ?? ExitCode.Done;
    }

    private static string Words(string sweep, bool goesOn) => goesOn ? $"sweep {sweep} goes on" : $"sweep {sweep} has ended; nothing is left to do";
}
