using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

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
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        string sweep = await new SweepDirectory(store).ResolveAsync(reference.Sweep, cancellationToken);
        string prefix = StoreLayout.Experiment(sweep, reference.Number) + "log-";
        List<(int Epoch, string Name)> logs = [];
        await foreach (BlobInfo blob in store.ListAsync(prefix, cancellationToken))
        {
            if (int.TryParse(blob.Name.AsSpan(prefix.Length).TrimEnd(".txt"), out int number) && (epoch ?? number) == number)
                logs.Add((number, blob.Name));
        }
        if (logs.Count == 0)
        {
            await StoredSweep.RequireAsync(store, sweep, reference.Number, cancellationToken);
            throw new UserException(
                ExitCode.NotFound,
                $"experiment {reference.Number} of {sweep} has no log{(epoch is null ? " yet" : $" of epoch {epoch}")}",
                $"an attempt's log is written every few seconds while it runs; `catgan status {sweep}` shows how far it is");
        }
        foreach ((int number, string name) in logs.Order())
        {
            if (logs.Count > 1)
                surroundings.Out.WriteLine($"-- epoch {number}");
            surroundings.Out.Write(await store.ReadTextAsync(name, cancellationToken));
        }
        return ExitCode.Done;
    }
}
