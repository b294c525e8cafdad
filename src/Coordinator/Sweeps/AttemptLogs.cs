using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>What happened in an experiment's attempts, as they wrote it down.</summary>
internal static class AttemptLogs
{
    /// <summary>The logs of an experiment, the oldest attempt first.</summary>
    /// <param name="store">The store.</param>
    /// <param name="sweep">Id of the sweep.</param>
    /// <param name="experiment">Number of the experiment.</param>
    /// <param name="epoch">The one attempt that is meant; null for all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="UserException">There is no such experiment, or it has no log.</exception>
    public static async Task<IReadOnlyList<AttemptLog>> FindAsync(IBlobStore store, string sweep, int experiment, int? epoch, CancellationToken cancellationToken)
    {
        string prefix = StoreLayout.Experiment(sweep, experiment) + "log-";
        List<AttemptLog> logs = [];
        await foreach (BlobInfo blob in store.ListAsync(prefix, cancellationToken))
        {
            if (int.TryParse(blob.Name.AsSpan(prefix.Length).TrimEnd(".txt"), out int number) && (epoch ?? number) == number)
                logs.Add(new(number, blob.Name));
        }
        if (logs.Count > 0)
            return [.. logs.OrderBy(l => l.Epoch)];
        await StoredSweep.RequireAsync(store, sweep, experiment, cancellationToken);
        throw new UserException(
            ExitCode.NotFound,
            $"experiment {experiment} of {sweep} has no log{(epoch is null ? " yet" : $" of epoch {epoch}")}",
            $"an attempt's log is written every few seconds while it runs; `catgan status {sweep}` shows how far it is");
    }

    /// <summary>Writes logs one after the other, each under its epoch where there are several.</summary>
    public static async Task WriteAsync(IBlobStore store, IReadOnlyList<AttemptLog> logs, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (AttemptLog log in logs)
        {
            if (logs.Count > 1)
                await output.WriteLineAsync($"-- epoch {log.Epoch}");
            await output.WriteAsync(await store.ReadTextAsync(log.Blob, cancellationToken));
        }
    }
}

/// <summary>The log of an attempt.</summary>
/// <param name="Epoch">The attempt.</param>
/// <param name="Blob">Name of its blob.</param>
internal sealed record AttemptLog(int Epoch, string Blob);
