using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Watching;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Reaches sweeps by their store and the silos that work on it.</summary>
/// <param name="surroundings">Clock and cache.</param>
/// <param name="store">The store.</param>
/// <param name="silos">The connection to the silos.</param>
internal sealed partial class StoreDesk(Surroundings surroundings, IBlobStore store, ISilos silos) : ISweepDesk
{
    private const int Tries = 3;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Task<string> ResolveAsync(string typed, CancellationToken cancellationToken) => new SweepDirectory(store).ResolveAsync(typed, cancellationToken);

    /// <inheritdoc/>
    public async Task<SweepListing> ListAsync(SweepSearch search, CancellationToken cancellationToken)
    {
        List<SweepRow> rows = [];
        List<string> notes = [];
        foreach (FoundSweep found in await new SweepFinder(store).FindAsync(search.Filter, cancellationToken))
        {
            // A sweep whose journal cannot be read is listed too, with the reason as a note.
            SweepRow row = SweepRow.Of(found);
            if (row.Saying() is { } note)
                notes.Add(note);
            try
            {
                if (search.Where.Count == 0 || await HasAsync(found, search, cancellationToken))
                    rows.Add(row);
            }
            catch (Exception damaged) when (StoredSweep.IsDamage(damaged))
            {
                notes.Add(SweepRow.Of(found.Damaged(damaged)).Saying()!);
            }
        }
        return new(rows, notes, store.Uri);
    }

    /// <inheritdoc/>
    public async Task<SweepStanding> StatusAsync(string sweep, CancellationToken cancellationToken)
    {
        ICluster? cluster = await silos.FindAsync(cancellationToken);
        SweepStatus? live = cluster is null ? null : await cluster.Sweep(sweep).GetStatus(new StatusRequest(0, int.MaxValue, LiveOnly: false), cancellationToken);
        SweepStatus status = live ?? StoredSweep.Status(sweep, await StoredSweep.RequireAsync(store, sweep, cancellationToken));
        return new(await LastScores.FillAsync(store, status, cancellationToken), live is not null);
    }

    /// <inheritdoc/>
    public async Task<IAsyncEnumerable<SweepStatus>?> WatchAsync(string sweep, Action<string> say, CancellationToken cancellationToken) =>
        await silos.FindAsync(cancellationToken) is { } cluster
            ? new StatusStream(surroundings, surroundings.Door(surroundings), store, sweep, pauseOnInterrupt: false, say).ReadAsync(cluster, cancellationToken)
            : null;

    /// <inheritdoc/>
    public async Task<int> FollowAsync(string sweep, bool json, CancellationToken cancellationToken)
    {
        ICluster cluster = await silos.JoinAsync(cancellationToken);
        return await new SweepFollower(surroundings, this, sweep, json).FollowAsync(surroundings.Door(surroundings), store, cluster);
    }

    /// <inheritdoc/>
    public Task<Submitted> SubmitAsync(SpecFile spec, CancellationToken cancellationToken) => SubmitAsync(spec, null, cancellationToken);

    /// <summary>Starts a sweep under an id that the client made, so that the same again is the same sweep.</summary>
    public async Task<Submitted> SubmitAsync(SpecFile spec, string? id, CancellationToken cancellationToken)
    {
        Submission submission = await Submission.PrepareAsync(surroundings, spec, store, cancellationToken);
        submission = id is null ? submission : submission with { Sweep = id };
        return await TellAsync(
            async cluster =>
            {
                await submission.SendAsync(cluster);
                return new Submitted(submission.Sweep, submission.Notes);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string> CommandAsync(string sweep, SweepCommand command, CancellationToken cancellationToken)
    {
        CommandAnswer answer = await AskAsync(grain => grain.Command(command, cancellationToken), sweep, cancellationToken);
        // What is not there is told as everywhere else, and not as something that is refused as things are.
        if (answer.Refusal is not null && Verbs.Experiment(command) is { } number && await StoredSweep.LoadAsync(store, sweep, cancellationToken) is { } stored && (number < 1 || number > stored.Total))
            throw StoredSweep.NoExperiment(sweep, number, stored.Total);
        return answer.Refusal is { } refusal
            ? throw new UserException(ExitCode.Failed, $"{sweep}: {refusal}", $"`catgan status {sweep}` shows where it stands") { IsRefusal = true }
            : answer.Done ?? "";
    }

    /// <inheritdoc/>
    public Task<bool> ResumeAsync(string sweep, CancellationToken cancellationToken) => AskAsync(grain => grain.Resume(cancellationToken), sweep, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> CancelAsync(string sweep, string reason, CancellationToken cancellationToken)
    {
        if (!await new SweepDirectory(store).IsActiveAsync(sweep, cancellationToken))
            return false;
        return await AskAsync(
            async grain =>
            {
                await grain.Cancel(reason, cancellationToken);
                return true;
            },
            sweep,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ResultsAsync(ResultsWish wish, Stream destination, CancellationToken cancellationToken) =>
        new ResultsQuery(store).WriteAsync(wish, destination, cancellationToken);

    /// <inheritdoc/>
    public Task CloseAsync(string sweep, TextWriter output) => SweepClosing.WriteAsync(surroundings, store, sweep, output);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => silos.DisposeAsync();

    private Task<T> AskAsync<T>(Func<ISweepGrain, Task<T>> ask, string sweep, CancellationToken cancellationToken) =>
        TellAsync(cluster => ask(cluster.Sweep(sweep)), cancellationToken);

    /// <summary>Whatever is told does no more when it is done twice, so what had no answer is told again, to another silo where the first is gone.</summary>
    private async Task<T> TellAsync<T>(Func<ICluster, Task<T>> tell, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await silos.TellAsync(tell, cancellationToken);
            }
            catch (KeyNotFoundException e)
            {
                throw new UserException(ExitCode.NotFound, e.Message, "it was never taken by a silo; submit it again");
            }
            catch (Exception e) when ((SiloLoss.Is(e) || e is SweepUnavailableException) && attempt < Tries)
            {
                await Task.Delay(Wait, surroundings.Time, cancellationToken);
            }
        }
    }

    private async Task<bool> HasAsync(FoundSweep found, SweepSearch search, CancellationToken cancellationToken)
    {
        if (found.Summary is null || await StoredSweep.LoadAsync(store, found.Entry.Id, cancellationToken) is not { } sweep)
            return false;
        return search.Has(ResultTable.Of(SweepRecords.Of(
            found.Entry.Id, sweep, [.. sweep.Experiments.Select(e => ExperimentRecords.Of(e, sweep.Definition.Objective, [], []))])));
    }
}
