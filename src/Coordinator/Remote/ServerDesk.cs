using System.Net;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Remote;

/// <summary>Reaches sweeps by the API of a server.</summary>
internal sealed partial class ServerDesk(ServerChoice server, Surroundings surroundings) : ISweepDesk
{
    private const int Tries = 3;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private readonly ServerCalls calls = new(server, surroundings.Time);

    /// <inheritdoc/>
    public async Task<string> ResolveAsync(string typed, CancellationToken cancellationToken) =>
        Checked((await calls.GetAsync<ResolvedDto>($"resolve?sweep={Uri.EscapeDataString(typed)}", cancellationToken)).Sweep);

    /// <inheritdoc/>
    public async Task<SweepListing> ListAsync(SweepSearch search, CancellationToken cancellationToken)
    {
        string query = $"sweeps?limit={Paging.Most}{Query(search.Filter, search.Where)}";
        List<SweepRow> rows = [];
        List<string> notes = [];
        string? next = "";
        while (next is not null)
        {
            SweepPage page = await calls.GetAsync<SweepPage>(next.Length == 0 ? query : $"{query}&cursor={next}", cancellationToken);
            if (page.Sweeps is null || page.Sweeps.Any(r => r is not { Sweep: not null, Name: not null, Phase: not null, Tags: not null }))
                throw calls.NotOurs();
            rows.AddRange(page.Sweeps);
            notes.AddRange(page.Notes ?? []);
            next = page.Next;
        }
        return new(rows, [.. rows.Select(r => r.Saying()).OfType<string>().Concat(notes).Distinct()], $"{server.Address}");
    }

    /// <inheritdoc/>
    public Task<Submitted> SubmitAsync(SpecFile spec, CancellationToken cancellationToken) =>
        StartAsync(new(HttpMethod.Post, "sweeps") { Yaml = spec.Yaml }, spec.Path, cancellationToken);

    /// <inheritdoc/>
    public Task<Submitted> CloneAsync(string sweep, IReadOnlyList<string> settings, CancellationToken cancellationToken) =>
        StartAsync(new(HttpMethod.Post, $"{Of(sweep)}/clone") { Body = new CloneBody(settings) }, null, cancellationToken);

    /// <inheritdoc/>
    public Task<string> CloneSpecAsync(string sweep, IReadOnlyList<string> settings, CancellationToken cancellationToken) =>
        InFileAsync(null, () => calls.TextAsync(new(HttpMethod.Post, $"{Of(sweep)}/clone") { Body = new CloneBody(settings, Print: true) }, cancellationToken));

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
    public ValueTask DisposeAsync()
    {
        calls.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Submitted> StartAsync(ServerCall call, string? file, CancellationToken cancellationToken)
    {
        // Drawn once: whatever is lost on the way, the same again is the same sweep.
        ServerCall once = call with { Key = $"{Guid.NewGuid():N}" };
        cancellationToken.ThrowIfCancellationRequested();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // Not cancelled by Ctrl-C: a sweep whose submission was cut off might run unseen.
                Submitted submitted = await InFileAsync(file, () => calls.SendAsync<Submitted>(once, CancellationToken.None));
                return new(Checked(submitted.Sweep), submitted.Notes ?? []);
            }
            catch (UserException e) when (e.ExitCode == ExitCode.Unreachable && attempt < Tries)
            {
                await Task.Delay(Wait, surroundings.Time, CancellationToken.None);
            }
        }
    }

    /// <summary>Faults that only the server could find are told by the name of the file here, or as the server calls it, and not the first few alone.</summary>
    private static async Task<T> InFileAsync<T>(string? file, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (UserException e) when (e.Faults.Count > 0)
        {
            throw SpecFile.Faulty(file ?? SpecFile.NameIn(e.Message), e.Faults);
        }
    }

    private async Task<DoneBody> PostAsync(string sweep, string path, object? body, CancellationToken cancellationToken) =>
        await calls.SendAsync<DoneBody>(new(HttpMethod.Post, $"{Of(sweep)}/{path}") { Body = body }, cancellationToken) is { Done: not null } done ? done : throw calls.NotOurs();

    // It becomes a part of addresses, and of a file's name here.
    private string Checked(string? sweep) => sweep is not null && SweepId.MayBe(sweep) ? sweep : throw calls.NotOurs();

    private static string Of(string sweep) => $"sweeps/{Uri.EscapeDataString(sweep)}";

    private static string Query(SweepFilter filter, IReadOnlyList<ResultCondition> where) => string.Concat(
        filter.Tags.Select(t => ("tag", t)).Concat(filter.Name is { } name ? [("name", name)] : []).Concat(filter.States.Select(s => ("state", s)))
            .Concat(filter.Variants.Select(v => ("variant", v))).Concat(where.Select(w => ("where", w.Typed)))
            .Select(p => $"&{p.Item1}={WebUtility.UrlEncode(p.Item2)}"));
}
