using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;

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
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, wishes);
        string sweep = await desk.ResolveAsync(typed, cancellationToken);
        bool goesOn = await desk.ResumeAsync(sweep, cancellationToken);
        surroundings.Error.WriteLine(goesOn ? $"sweep {sweep} goes on" : $"sweep {sweep} has ended; nothing is left to do");
        return detach && goesOn ? ExitCode.Done : await desk.FollowAsync(sweep, json, cancellationToken);
    }
}
