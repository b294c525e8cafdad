using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan check SPEC</c>: says what is wrong with a spec, or what it would run. Needs no silo.</summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> spec = SweepArguments.Spec();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = CommonOptions.Json("Print the experiments as one JSON object.");
        Option<bool> all = new("--all") { Description = "List every configuration, not the first 40." };
        Command command = new("check", "Say everything that is wrong with a spec, or what it would run.") { spec, store, json, all };
        command.SetAction((parse, cancel) => RunAsync(
            surroundings, parse.GetRequiredValue(spec), parse.GetRequiredValue(store), parse.GetValue(json), parse.GetValue(all), cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings, string typed, string storeUri, bool json, bool all, CancellationToken cancellationToken)
    {
        SpecFile spec = SpecFile.Load(surroundings, typed);
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, new SiloWishes());
        foreach (string note in await desk.CheckAsync(spec, new CheckWish(json, all), surroundings.Out, cancellationToken))
            surroundings.Error.WriteLine(note);
        return ExitCode.Done;
    }
}
