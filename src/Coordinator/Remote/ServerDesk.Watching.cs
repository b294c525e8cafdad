using System.Runtime.CompilerServices;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Watching;
using CatGan.Search;

namespace CatGan.Coordinator.Remote;

/// <summary>Where a sweep stands, once and again.</summary>
internal sealed partial class ServerDesk
{
    /// <summary>How long a server may be silent, or a sweep be without a silo.</summary>
    private static readonly TimeSpan RejoinWithin = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public async Task<SweepStanding> StatusAsync(string sweep, CancellationToken cancellationToken) =>
        new(await StatusAsync(sweep, SweepDefinition.MaxExperiments, liveOnly: false, cancellationToken), await IsLiveAsync(sweep, cancellationToken));

    /// <inheritdoc/>
    public async Task<IAsyncEnumerable<SweepStatus>?> WatchAsync(string sweep, Action<string> say, CancellationToken cancellationToken) =>
        await IsLiveAsync(sweep, cancellationToken) ? FollowAsync(sweep, say, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<int> FollowAsync(string sweep, bool json, CancellationToken cancellationToken)
    {
        try
        {
            return await new SweepFollower(surroundings, this, sweep, json).FollowAsync(say => FollowAsync(sweep, say, surroundings.Interrupted));
        }
        catch (OperationCanceledException) when (surroundings.Interrupted.IsCancellationRequested)
        {
            throw new UserException(
                ExitCode.Interrupted, $"left; sweep {sweep} goes on", $"`catgan watch {sweep}` shows it again, `catgan pause {sweep}` pauses it, `catgan report {sweep}` fetches its report");
        }
    }

    private async IAsyncEnumerable<SweepStatus> FollowAsync(string sweep, Action<string> say, [EnumeratorCancellation] CancellationToken leave)
    {
        Silence server = new(surroundings.Time), silos = new(surroundings.Time);
        for (int total = 0; ;)
        {
            SweepStatus? status = null;
            try
            {
                status = await StatusAsync(sweep, StatusStream.Page, liveOnly: total > StatusStream.Page, leave);
                server.End();
            }
            catch (UserException e) when (e.ExitCode == ExitCode.Unreachable && server.Goes(RejoinWithin))
            {
                if (server.IsNew)
                    say("the server does not answer; asking again");
            }
            if (status is not null)
            {
                total = status.Total;
                yield return status;
                if (StatusStream.IsOver(status))
                    yield break;
                await LookForSilosAsync(sweep, status, silos, say, leave);
            }
            await Task.Delay(Wait, surroundings.Time, leave);
        }
    }

    /// <summary>Nothing changes by itself while no silo works on it: not for ever is that waited for.</summary>
    private async Task LookForSilosAsync(string sweep, SweepStatus status, Silence silos, Action<string> say, CancellationToken cancellationToken)
    {
        if (status is not { Running: 0, Slots: 0 } || await IsLiveAsync(sweep, cancellationToken))
            silos.End();
        else if (!silos.Goes(RejoinWithin))
            throw new UserException(ExitCode.Unreachable, $"no silo works on {sweep}", $"`catgan resume {sweep}` has the server look for one");
        else if (silos.IsNew)
            say("no silo works on it; the server looks for one");
    }

    private async Task<SweepStatus> StatusAsync(string sweep, int count, bool liveOnly, CancellationToken cancellationToken) => await calls.AskAsync(
        new(HttpMethod.Get, $"{Of(sweep)}/status?count={count}&live_only={(liveOnly ? "true" : "false")}"),
        async (answer, token) => JsonView.Read(await answer.Content.ReadAsStringAsync(token)),
        cancellationToken);

    private async Task<bool> IsLiveAsync(string sweep, CancellationToken cancellationToken)
    {
        JsonElement told = await calls.GetAsync<JsonElement>(Of(sweep), cancellationToken);
        return told.ValueKind == JsonValueKind.Object && told.TryGetProperty("live", out JsonElement live) && live.ValueKind == JsonValueKind.True;
    }

    /// <summary>For how long nothing was heard.</summary>
    private sealed class Silence(TimeProvider time)
    {
        private long? began;

        /// <summary>True when it has only begun.</summary>
        public bool IsNew { get; private set; }

        /// <summary>Something was heard.</summary>
        public void End() => (began, IsNew) = (null, false);

        /// <summary>It begins or goes on; false when it has lasted too long.</summary>
        public bool Goes(TimeSpan longest)
        {
            IsNew = began is null;
            began ??= time.GetTimestamp();
            return time.GetElapsedTime(began.Value) < longest;
        }
    }
}
