using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan cancel SWEEP</c> or <c>SWEEP/N</c>: ends a sweep, or one experiment of it, for good.</summary>
internal static class CancelCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.SweepOrExperiment();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<string> reason = new("--reason")
        {
            Description = "Why; kept in the journal and shown in the report.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "cancelled from the command line",
        };
        Command command = new("cancel", "End a sweep, or one experiment, for good; what it made stays.") { sweep, store, reason };
        SiloOptions silo = new(command);
        command.SetAction((parse, cancel) => RunAsync(
            surroundings, parse.GetRequiredValue(sweep), parse.GetRequiredValue(store), silo.Of(parse), parse.GetRequiredValue(reason), cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings, string typed, string storeUri, SiloWishes wishes, string reason, CancellationToken cancellationToken)
    {
        if (CommandRunner.Parse(typed).Experiment is not null)
            return await CommandRunner.RunAsync(surroundings, typed, storeUri, wishes, number => new CancelExperiment(number!.Value, reason), cancellationToken);
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, wishes);
        string sweep = await desk.ResolveAsync(typed, cancellationToken);
        bool cancelled = await desk.CancelAsync(sweep, reason, cancellationToken);
        surroundings.Error.WriteLine(cancelled ? $"sweep {sweep} is cancelled" : $"sweep {sweep} has ended already");
        return ExitCode.Done;
    }
}
