using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

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
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        SweepDirectory directory = new(store);
        string sweep = await directory.ResolveAsync(typed, cancellationToken);
        if (!await directory.IsActiveAsync(sweep, cancellationToken))
        {
            surroundings.Error.WriteLine($"sweep {sweep} has ended already");
            return ExitCode.Done;
        }
        await using ICluster cluster = await surroundings.Door(surroundings).JoinAsync(StoreOpener.Absolute(surroundings, storeUri), store, wishes, cancellationToken);
        await cluster.Sweep(sweep).Cancel(reason, cancellationToken);
        surroundings.Error.WriteLine($"sweep {sweep} is cancelled");
        return ExitCode.Done;
    }
}
