using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;

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
        SpecFile file = SpecFile.Load(surroundings, spec);
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, wishes);
        Submitted submitted = await desk.SubmitAsync(file, cancellationToken);
        foreach (string note in submitted.Notes)
            surroundings.Error.WriteLine(note);
        surroundings.Out.WriteLine(json ? $"{{\"sweep\":\"{submitted.Sweep}\"}}" : submitted.Sweep);
        return ExitCode.Done;
    }
}
