using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary>What <c>generate</c> and <c>export</c> share: a silo makes something of a generator, and it becomes a file here.</summary>
internal static class PictureCommands
{
    /// <summary>Has it made for an experiment.</summary>
    /// <param name="surroundings">Store, door and output.</param>
    /// <param name="typed">The experiment as typed.</param>
    /// <param name="storeUri">The store.</param>
    /// <param name="wishes">What to ask of a silo that is started.</param>
    /// <param name="target">The file as typed.</param>
    /// <param name="wish">What to make.</param>
    /// <param name="finish">What is done to the file at last; null for nothing.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<int> RunAsync(
        Surroundings surroundings,
        string typed,
        string storeUri,
        SiloWishes wishes,
        string target,
        PictureWish wish,
        Action<string>? finish,
        CancellationToken cancellationToken)
    {
        ExperimentReference reference = ExperimentReference.Parse(typed);
        string file = WholeFile.CheckTarget(surroundings, target);
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, wishes);
        string sweep = await desk.ResolveAsync(reference.Sweep, cancellationToken);
        await desk.MakeAsync(sweep, reference.Number, wish, file, cancellationToken);
        finish?.Invoke(file);
        surroundings.Out.WriteLine(file);
        return ExitCode.Done;
    }
}
