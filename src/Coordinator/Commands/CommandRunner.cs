using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary>Brings what a person wants to a sweep, and its answer back.</summary>
internal static class CommandRunner
{
    /// <summary>Does it for a sweep or an experiment of one.</summary>
    /// <param name="surroundings">Store, door and output.</param>
    /// <param name="typed">What the person named.</param>
    /// <param name="storeUri">The store.</param>
    /// <param name="wishes">What to ask of a silo that is started.</param>
    /// <param name="command">The command; null for the experiment means the whole sweep.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="UserException">The sweep refuses it.</exception>
    public static async Task<int> RunAsync(
        Surroundings surroundings, string typed, string storeUri, SiloWishes wishes, Func<int?, SweepCommand> command, CancellationToken cancellationToken)
    {
        (string named, int? experiment) = Parse(typed);
        SweepCommand wanted = command(experiment);
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, wishes);
        string sweep = await desk.ResolveAsync(named, cancellationToken);
        surroundings.Error.WriteLine($"{sweep}: {await desk.CommandAsync(sweep, wanted, cancellationToken)}");
        return ExitCode.Done;
    }

    /// <summary>A sweep, or <c>SWEEP/N</c>.</summary>
    public static (string Sweep, int? Experiment) Parse(string typed) =>
        typed.Contains('/') && ExperimentReference.Parse(typed) is var reference ? (reference.Sweep, reference.Number) : (typed, null);
}
