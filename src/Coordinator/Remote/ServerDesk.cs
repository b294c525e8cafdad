using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Watching;
using CatGan.Search;

namespace CatGan.Coordinator.Remote;

/// <summary>Reaches sweeps by the API of a server.</summary>
internal sealed class ServerDesk(ServerChoice server, Surroundings surroundings) : ISweepDesk
{
    private const int Tries = 3;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RejoinWithin = TimeSpan.FromMinutes(3);

    private readonly ServerCalls calls = new(server);

    /// <inheritdoc/>
    public async Task<string> ResolveAsync(string typed, CancellationToken cancellationToken) =>
        (await calls.GetAsync<ResolvedDto>($"resolve?sweep={Uri.EscapeDataString(typed)}", cancellationToken)).Sweep;

    /// <inheritdoc/>
    public async Task<SweepListing> ListAsync(SweepSearch search, CancellationToken cancellationToken)
    {
        string query = $"sweeps?limit={Paging.Most}{Query(search.Filter, search.Where)}";
        List<SweepRow> rows = [];
        string? next = "";
        while (next is not null)
        {
            SweepPage page = await calls.GetAsync<SweepPage>(next.Length == 0 ? query : $"{query}&cursor={next}", cancellationToken);
            rows.AddRange(page.Sweeps);
            next = page.Next;
        }
        return new(rows, [], $"{server.Address}");
    }

    /// <inheritdoc/>
    public async Task<SweepStanding> StatusAsync(string sweep, CancellationToken cancellationToken) =>
        new(await StatusAsync(sweep, SweepDefinition.MaxExperiments, liveOnly: false, cancellationToken), await IsLiveAsync(sweep, cancellationToken));

    /// <inheritdoc/>
    public async Task<IAsyncEnumerable<SweepStatus>?> WatchAsync(string sweep, Action<string> say, CancellationToken cancellationToken) =>
        await IsLiveAsync(sweep, cancellationToken) ? FollowAsync(sweep, say, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<int> FollowAsync(string sweep, bool json, CancellationToken cancellationToken) =>
        await new SweepFollower(surroundings, this, sweep, json).WatchAsync() ?? ExitCode.Done;

    /// <inheritdoc/>
    public async Task<Submitted> SubmitAsync(SpecFile spec, CancellationToken cancellationToken)
    {
        // Drawn once: whatever is lost on the way, the same again is the same sweep.
        string key = $"{Guid.NewGuid():N}";
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using StringContent body = new(spec.Yaml, Encoding.UTF8, SpecBody.Yaml);
                return await calls.SendAsync<Submitted>(HttpMethod.Post, "sweeps", body, cancellationToken, ("Idempotency-Key", key));
            }
            catch (UserException e) when (e.ExitCode == ExitCode.Unreachable && attempt < Tries)
            {
                await Task.Delay(Wait, surroundings.Time, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<string> CommandAsync(string sweep, SweepCommand command, CancellationToken cancellationToken)
    {
        (string path, object? body) = Verbs.Wire(command);
        return (await PostAsync(sweep, path, body, cancellationToken)).Done;
    }

    /// <inheritdoc/>
    public async Task<bool> ResumeAsync(string sweep, CancellationToken cancellationToken) => (await PostAsync(sweep, "resume", null, cancellationToken)).Changed ?? true;

    /// <inheritdoc/>
    public async Task<bool> CancelAsync(string sweep, string reason, CancellationToken cancellationToken) =>
        (await PostAsync(sweep, "cancel", new CancelBody(reason), cancellationToken)).Changed ?? true;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ResultsAsync(ResultsWish wish, Stream destination, CancellationToken cancellationToken)
    {
        string sweeps = string.Concat(wish.Sweeps.Select(s => $"&sweep={Uri.EscapeDataString(s)}"));
        string best = wish.Best is { } count ? $"&best={count}" : "";
        using HttpResponseMessage answer = await calls.AskAsync(
            HttpMethod.Get, $"results?format={wish.Format.ToString().ToLowerInvariant()}{sweeps}{best}{Query(wish.Filter, wish.Conditions)}", null, cancellationToken);
        await answer.Content.CopyToAsync(destination, cancellationToken);
        return answer.Headers.TryGetValues(ResultsApi.NotesHeader, out IEnumerable<string>? notes) ? JsonSerializer.Deserialize<string[]>(Uri.UnescapeDataString(notes.First()))! : [];
    }

    /// <inheritdoc/>
    public async Task CloseAsync(string sweep, TextWriter output)
    {
        using MemoryStream content = new();
        await ResultsAsync(new([sweep], new SweepFilter(), [], null, ResultsFormat.Text), content, CancellationToken.None);
        await output.WriteAsync(Encoding.UTF8.GetString(content.ToArray()));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        calls.Dispose();
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<SweepStatus> FollowAsync(string sweep, Action<string> say, [EnumeratorCancellation] CancellationToken leave)
    {
        (int total, long? lostAt) = (0, null);
        while (true)
        {
            SweepStatus? status = null;
            try
            {
                status = await StatusAsync(sweep, StatusStream.Page, liveOnly: total > StatusStream.Page, leave);
                lostAt = null;
            }
            catch (UserException e) when (e.ExitCode == ExitCode.Unreachable && (lostAt is not { } at || surroundings.Time.GetElapsedTime(at) < RejoinWithin))
            {
                if (lostAt is null)
                    say("the server does not answer; asking again");
                lostAt ??= surroundings.Time.GetTimestamp();
            }
            if (status is not null)
            {
                total = status.Total;
                yield return status;
                if (StatusStream.IsOver(status))
                    yield break;
            }
            await Task.Delay(Wait, surroundings.Time, leave);
        }
    }

    private async Task<SweepStatus> StatusAsync(string sweep, int count, bool liveOnly, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await calls.AskAsync(HttpMethod.Get, $"sweeps/{Uri.EscapeDataString(sweep)}/status?count={count}&live_only={(liveOnly ? "true" : "false")}", null, cancellationToken);
        return JsonView.Read(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private async Task<bool> IsLiveAsync(string sweep, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await calls.AskAsync(HttpMethod.Get, $"sweeps/{Uri.EscapeDataString(sweep)}", null, cancellationToken);
        using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancellationToken));
        return document.RootElement.GetProperty("live").GetBoolean();
    }

    private Task<DoneBody> PostAsync(string sweep, string path, object? body, CancellationToken cancellationToken) => calls.SendAsync<DoneBody>(
        HttpMethod.Post, $"sweeps/{Uri.EscapeDataString(sweep)}/{path}", body is null ? null : JsonContent.Create(body, body.GetType(), new MediaTypeHeaderValue("application/json"), ApiJson.Options), cancellationToken);

    private static string Query(SweepFilter filter, IReadOnlyList<ResultCondition> where) => string.Concat(
        filter.Tags.Select(t => ("tag", t)).Concat(filter.Name is { } name ? [("name", name)] : []).Concat(filter.States.Select(s => ("state", s)))
            .Concat(filter.Variants.Select(v => ("variant", v))).Concat(where.Select(w => ("where", w.Typed)))
            .Select(p => $"&{p.Item1}={WebUtility.UrlEncode(p.Item2)}"));
}
