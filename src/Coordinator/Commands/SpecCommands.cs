using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary>What <c>run</c> and <c>submit</c> share: a spec is checked, a silo found or started, and the sweep handed in.</summary>
internal static class SpecCommands
{
    /// <summary>Makes one of the two.</summary>
    /// <param name="surroundings">Store, door and output.</param>
    /// <param name="name">Its name.</param>
    /// <param name="description">What its help says.</param>
    /// <param name="json">Its <c>--json</c>.</param>
    /// <param name="then">What it does with the sweep that was taken; gives the exit code.</param>
    public static Command Create(Surroundings surroundings, string name, string description, Option<bool> json, Func<ISweepDesk, string, bool, Task<int>> then)
    {
        Argument<string> spec = SweepArguments.Spec();
        Option<string> store = CommonOptions.Store(surroundings);
        Command command = new(name, description) { spec, store, json };
        SiloOptions silo = new(command);
        command.SetAction(async (parse, cancel) =>
        {
            SpecFile file = SpecFile.Load(surroundings, parse.GetRequiredValue(spec));
            await using ISweepDesk desk = Desks.Open(surroundings, parse.GetRequiredValue(store), silo.Of(parse));
            Submitted submitted = await desk.SubmitAsync(file, cancel);
            foreach (string note in submitted.Notes)
                surroundings.Error.WriteLine(note);
            return await then(desk, submitted.Sweep, parse.GetValue(json));
        });
        return command;
    }
}
