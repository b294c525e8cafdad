using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary>What <c>run</c> and <c>submit</c> share: a spec is checked, a silo found or started, and the sweep handed in.</summary>
internal static class SpecCommands
{
    /// <summary>Makes one of the two.</summary>
    /// <param name="surroundings">Store, door and output.</param>
    /// <param name="name">Its name.</param>
    /// <param name="description">What its help says.</param>
    /// <param name="json">Its <c>--json</c>.</param>
    /// <param name="then">What it does with the sweep that a silo took; gives the exit code.</param>
    public static Command Create(Surroundings surroundings, string name, string description, Option<bool> json, Func<Taken, bool, Task<int>> then)
    {
        Argument<string> spec = SweepArguments.Spec();
        Option<string> store = CommonOptions.Store(surroundings);
        Command command = new(name, description) { spec, store, json };
        SiloOptions silo = new(command);
        command.SetAction(async (parse, cancel) =>
        {
            string storeUri = parse.GetRequiredValue(store);
            IBlobStore opened = StoreOpener.Open(surroundings, storeUri);
            Submission submission = await Submission.PrepareAsync(surroundings, parse.GetRequiredValue(spec), opened, cancel);
            IClusterDoor door = surroundings.Door(surroundings);
            await using ICluster cluster = await door.JoinAsync(StoreOpener.Absolute(surroundings, storeUri), opened, silo.Of(parse), cancel);
            await submission.SendAsync(cluster);
            return await then(new Taken(door, cluster, opened, submission.Sweep), parse.GetValue(json));
        });
        return command;
    }

    /// <summary>A sweep that a silo took, and the way to it.</summary>
    internal sealed record Taken(IClusterDoor Door, ICluster Cluster, IBlobStore Store, string Sweep);
}
