using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary>Brings what a person wants to a sweep's grain, and its answer back.</summary>
internal static class CommandRunner
{
    private const int Tries = 3;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

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
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        string sweep = await new SweepDirectory(store).ResolveAsync(named, cancellationToken);
        await using ICluster cluster = await surroundings.Door(surroundings).JoinAsync(StoreOpener.Absolute(surroundings, storeUri), store, wishes, cancellationToken);
        CommandAnswer answer = await SendAsync(surroundings, cluster, sweep, command(experiment), cancellationToken);
        if (answer.Refusal is { } refusal)
            throw new UserException(ExitCode.Failed, $"{sweep}: {refusal}", $"`catgan status {sweep}` shows where it stands");
        surroundings.Error.WriteLine($"{sweep}: {answer.Done}");
        return ExitCode.Done;
    }

    /// <summary>A sweep, or <c>SWEEP/N</c>.</summary>
    public static (string Sweep, int? Experiment) Parse(string typed) =>
        typed.Contains('/') && ExperimentReference.Parse(typed) is var reference ? (reference.Sweep, reference.Number) : (typed, null);

    /// <summary>Commands do no more when they are done twice, so one whose answer was lost is sent again.</summary>
    private static async Task<CommandAnswer> SendAsync(
        Surroundings surroundings, ICluster cluster, string sweep, SweepCommand command, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await cluster.Sweep(sweep).Command(command, cancellationToken);
            }
            catch (KeyNotFoundException e)
            {
                throw new UserException(ExitCode.NotFound, e.Message, "it was never taken by a silo; submit it again");
            }
            catch (Exception e) when (e is TimeoutException or SweepUnavailableException && attempt < Tries)
            {
                await Task.Delay(Wait, surroundings.Time, cancellationToken);
            }
        }
    }
}
