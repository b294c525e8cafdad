using System.Diagnostics;
using CatGan.Coordinator.App;
using CatGan.Storage;

namespace CatGan.Coordinator.Cluster;

/// <summary>
/// Finds the local silo of a store by its endpoint blob, or starts one. Several clients may do so at once: whichever
/// silo gets its endpoint into the store is the one that all join.
/// </summary>
internal sealed class LocalDoor(Surroundings surroundings) : IClusterDoor
{
    private const string LogBlob = "cluster/silo.log";
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public async Task<ICluster?> FindAsync(IBlobStore store, CancellationToken cancellationToken)
    {
        if (await LocalEndpoint.ReadAsync(store, cancellationToken) is not { } endpoint
            || !await EndpointProbe.AnswersAsync(endpoint, surroundings.Time, cancellationToken))
            return null;
        using CancellationTokenSource late = new(ConnectWithin, surroundings.Time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await OrleansCluster.ConnectAsync(endpoint, both.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It listened a moment ago and refuses us now, or never answers: it is leaving, or frozen.
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<ICluster> JoinAsync(string storeUri, IBlobStore store, SiloWishes wishes, CancellationToken cancellationToken)
    {
        if (await FindAsync(store, cancellationToken) is { } running)
        {
            if (wishes.Arguments.Count > 0 && wishes.Unmet(await running.SlotsAsync(cancellationToken)) is { } note)
                surroundings.Error.WriteLine(note);
            return running;
        }
        string log = await MakeLogAsync(store, cancellationToken);
        surroundings.Error.WriteLine($"starting a silo (log: {log})");
        using Process process = SiloProcess.Start(surroundings, storeUri, wishes, log);
        long started = surroundings.Time.GetTimestamp();
        while (surroundings.Time.GetElapsedTime(started) < StartWithin)
        {
            // Looked at before the endpoint: a silo that found another one there exits, and that other one is joined.
            bool exited = process.HasExited;
            if (await FindAsync(store, cancellationToken) is { } cluster)
                return cluster;
            if (exited)
                throw Failed($"the silo ended with code {process.ExitCode} before it could be reached", log);
            await Task.Delay(Poll, surroundings.Time, cancellationToken);
        }
        throw Failed($"the silo (process {process.Id}) could not be reached within {StartWithin.TotalSeconds:N0} s", log);
    }

    /// <summary>An empty log: in the store when that is a folder, else among the temporary files.</summary>
    private static async Task<string> MakeLogAsync(IBlobStore store, CancellationToken cancellationToken)
    {
        if (store is not ILocalBlobStore local)
            return Path.Combine(Path.GetTempPath(), $"catgan-silo-{Environment.ProcessId}.log");
        await store.WriteTextAsync(LogBlob, "", BlobCondition.Always, cancellationToken);
        return local.GetLocalPath(LogBlob) ?? throw new UserException(ExitCode.Failed, $"{LogBlob} vanished from {store.Uri} while the silo was starting", "try again");
    }

    private static UserException Failed(string message, string log)
    {
        string[] tail = File.Exists(log) ? [.. File.ReadLines(log).TakeLast(12)] : [];
        string said = tail.Length == 0 ? "its log is empty" : $"the end of its log:{string.Concat(tail.Select(l => "\n  " + l))}";
        return new(ExitCode.Unreachable, $"{message}; {said}", $"the whole log is {log}");
    }
}
