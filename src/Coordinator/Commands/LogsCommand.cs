using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan logs SWEEP/N</c>: what happened in an experiment's attempts. Needs no silo.</summary>
internal static class LogsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> experiment = SweepArguments.Experiment();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<int?> epoch = new("--epoch") { Description = "Only the attempt of this epoch.", HelpName = "E" };
        Command command = new("logs", "Print what happened in an experiment's attempts.") { experiment, store, epoch };
        command.SetAction((parse, cancel) => RunAsync(
            surroundings, parse.GetRequiredValue(experiment), parse.GetRequiredValue(store), parse.GetValue(epoch), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string typed, string storeUri, int? epoch, CancellationToken cancellationToken)
    {
        ExperimentReference reference = ExperimentReference.Parse(typed);
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, new SiloWishes());
        string sweep = await desk.ResolveAsync(reference.Sweep, cancellationToken);
        await desk.LogsAsync(sweep, reference.Number, epoch, surroundings.Out, cancellationToken);
        return ExitCode.Done;
    }
}
