using System.Text;
using System.Text.Json;
using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Security;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Remote;

/// <summary>What a server sends as text or as a file.</summary>
internal sealed partial class ServerDesk
{
    /// <summary>A report of many experiments, or a silo that is only being started, takes its time.</summary>
    private static readonly TimeSpan MadeWithin = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ResultsAsync(ResultsWish wish, Stream destination, CancellationToken cancellationToken)
    {
        string sweeps = string.Concat(wish.Sweeps.Select(s => $"&sweep={Uri.EscapeDataString(s)}"));
        string best = wish.Best is { } count ? $"&best={count}" : "";
        ServerCall call = new(HttpMethod.Get, $"results?format={wish.Format.ToString().ToLowerInvariant()}{sweeps}{best}{Query(wish.Filter, wish.Conditions)}") { Within = MadeWithin };
        return CopyAsync(call, destination, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task CloseAsync(string sweep, TextWriter output)
    {
        using MemoryStream content = new();
        await ResultsAsync(new([sweep], new SweepFilter(), [], null, ResultsFormat.Text), content, CancellationToken.None);
        await output.WriteAsync(Encoding.UTF8.GetString(content.ToArray()));
        await output.WriteLineAsync($"report: {await ReportAsync(sweep, null, CancellationToken.None)}");
    }

    /// <inheritdoc/>
    public async Task<string> ReportAsync(string sweep, string? file, CancellationToken cancellationToken)
    {
        // A key that may change nothing gets the same page, but leaves none for others to read.
        bool mayKeep = (await calls.GetAsync<MeDto>("me", cancellationToken)).Role != Roles.Viewer;
        ServerCall call = mayKeep ? new(HttpMethod.Post, $"{Of(sweep)}/report") : new(HttpMethod.Get, $"{Of(sweep)}/report?fresh=true");
        return await SaveAsync(call, file ?? surroundings.Path($"{sweep}.html"), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task LogsAsync(string sweep, int experiment, int? epoch, TextWriter output, CancellationToken cancellationToken) =>
        await output.WriteAsync(await calls.TextAsync(new(HttpMethod.Get, $"{Of(sweep)}/experiments/{experiment}/log{(epoch is null ? "" : $"?epoch={epoch}")}"), cancellationToken));

    /// <inheritdoc/>
    public Task MakeAsync(string sweep, int experiment, PictureWish wish, string file, CancellationToken cancellationToken) => SaveAsync(
        new(HttpMethod.Post, $"{Of(sweep)}/experiments/{experiment}/{(wish is ExportWish ? "export" : "generate")}") { Body = wish as GenerateBody }, file, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CheckAsync(SpecFile spec, CheckWish wish, TextWriter output, CancellationToken cancellationToken)
    {
        using MemoryStream content = new();
        ServerCall call = new(HttpMethod.Post, $"specs/check?format={(wish.Json ? "json" : "text")}&all={(wish.All || wish.Json ? "true" : "false")}") { Yaml = spec.Yaml };
        IReadOnlyList<string> notes = await InFileAsync(spec.Path, () => CopyAsync(call, content, cancellationToken));
        await output.WriteAsync(Encoding.UTF8.GetString(content.ToArray()));
        return notes;
    }

    private async Task<string> SaveAsync(ServerCall call, string file, CancellationToken cancellationToken)
    {
        await WholeFile.WriteAsync(file, to => CopyAsync(call with { Within = MadeWithin }, to, cancellationToken));
        return file;
    }

    /// <summary>Copies what is answered.</summary>
    /// <returns>What the server has to say besides.</returns>
    private Task<IReadOnlyList<string>> CopyAsync(ServerCall call, Stream destination, CancellationToken cancellationToken) => calls.AskAsync(
        call,
        async (answer, token) =>
        {
            await answer.Content.CopyToAsync(destination, token);
            return answer.Headers.TryGetValues(ResultsApi.NotesHeader, out IEnumerable<string>? notes)
                ? (IReadOnlyList<string>)JsonSerializer.Deserialize<string[]>(Uri.UnescapeDataString(notes.First()))!
                : [];
        },
        cancellationToken);
}
