using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan submit SPEC</c>: starts a sweep and leaves it to the silo.</summary>
internal static class SubmitCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> spec = SweepArguments.Spec();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = CommonOptions.Json("Print {\"sweep\": ID} in place of the id.");
        Command command = new("submit", "Start a sweep and leave it to the silo; prints its id.") { spec, store, json };
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
        await using ICluster cluster = await surroundings.Door(surroundings).JoinAsync(StoreOpener.Absolute(surroundings, storeUri), store, wishes, cancellationToken);
        await submission.SendAsync(cluster);
        surroundings.Out.WriteLine(json ? $"{{\"sweep\":\"{submission.Sweep}\"}}" : submission.Sweep);
        return ExitCode.Done;
    }
}
