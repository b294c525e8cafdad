using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan clone SWEEP</c>: a new sweep from the spec of an old one, with some values changed.</summary>
internal static class CloneCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.Sweep();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<string[]> set = new("--set") { Description = "A value to change, such as budget.images=50000; an empty one removes the key. May be given several times.", HelpName = "KEY=VALUE" };
        Option<string?> name = new("--name") { Description = "Name of the new sweep. [default: that of the old one]", HelpName = "NAME" };
        Option<string?> seed = new("--seed") { Description = "Seed of the new sweep.", HelpName = "S" };
        Option<bool> print = new("--print") { Description = "Print the new spec and start nothing." };
        Option<bool> json = SweepArguments.JsonId();
        Command command = new("clone", "Start a new sweep from an old one's spec, with values changed; prints its id.") { sweep, store, set, name, seed, print, json };
        SiloOptions silo = new(command);
        command.SetAction((parse, cancel) =>
        {
            List<string> settings = [.. parse.GetValue(set) ?? []];
            if (parse.GetValue(name) is { } named)
                settings.Add($"name={Quoted(named)}");
            if (parse.GetValue(seed) is { } seeded)
                settings.Add($"seed={seeded}");
            return RunAsync(
                surroundings, parse.GetRequiredValue(sweep), parse.GetRequiredValue(store), silo.Of(parse), settings, parse.GetValue(print), parse.GetValue(json), cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings, string typed, string storeUri, SiloWishes wishes, IReadOnlyList<string> settings, bool print, bool json, CancellationToken cancellationToken)
    {
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, wishes);
        string old = await desk.ResolveAsync(typed, cancellationToken);
        if (print)
        {
            surroundings.Out.Write(await desk.CloneSpecAsync(old, settings, cancellationToken));
            return ExitCode.Done;
        }
        Submitted submitted = await desk.CloneAsync(old, settings, cancellationToken);
        foreach (string note in submitted.Notes)
            surroundings.Error.WriteLine(note);
        surroundings.Out.WriteLine(SweepArguments.Id(submitted.Sweep, json));
        return ExitCode.Done;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
