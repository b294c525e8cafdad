using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>
/// Takes sweeps in. Under a client's own key the same request again is the same sweep: which one it became is written
/// down before it is handed in, so that it holds over a crash of this server too.
/// </summary>
internal sealed class SweepSubmissions(StoreDesk desk, IBlobStore store, TimeProvider time, SweepCatalog catalog)
{
    private const int LongestKey = 200;
    private readonly Dictionary<string, (string Spec, int Requests)> _underWay = [];

    /// <summary>Hands a sweep in.</summary>
    /// <param name="spec">A checked spec.</param>
    /// <param name="who">Who asks; keys of different people are different.</param>
    /// <param name="key">The client's key for the request; null for none.</param>
    /// <param name="cancellationToken">Ends the preparations.</param>
    /// <exception cref="UserException">The key was used for another spec, or no silo takes the sweep.</exception>
    public async Task<Submitted> SubmitAsync(SpecFile spec, string who, string? key, CancellationToken cancellationToken)
    {
        if (key is null)
            return await SendAsync(spec, null, cancellationToken);
        if (key.Length is 0 or > LongestKey)
            throw new UserException(ExitCode.BadInput, $"Idempotency-Key has {key.Length} characters, but must have 1 to {LongestKey}");
        string hash = Hash($"{who}\n{key}");
        Enter(hash, Hash(spec.Yaml));
        try
        {
            Request made = await RequestAsync(spec, hash, cancellationToken);
            return await IsTakenAsync(made.Sweep, cancellationToken) ? new(made.Sweep, []) : await SendAsync(spec, made.Sweep, cancellationToken);
        }
        finally
        {
            Leave(hash);
        }
    }

    /// <summary>Hands a sweep in under an id that the client made.</summary>
    /// <exception cref="UserException">The id is none, or another sweep's.</exception>
    public async Task<Submitted> PutAsync(SpecFile spec, string id, CancellationToken cancellationToken)
    {
        if (!SweepId.IsValid(id))
            throw new UserException(ExitCode.BadInput, $"{(id.Length > 100 ? id[..100] + "…" : id)} cannot be the id of a sweep: {(id == "last" ? "it means the latest one" : SweepId.Form)}");
        if (await IsTakenAsync(id, cancellationToken))
        {
            return await store.ReadTextAsync(StoreLayout.Spec(id), cancellationToken) == spec.Yaml
                ? new(id, [])
                : throw new UserException(ExitCode.Failed, $"there is another sweep with the id {id} already", "take another id") { IsRefusal = true };
        }
        return await SendAsync(spec, id, cancellationToken);
    }

    // A request that waits for a silo has left no journal yet, and has not come to nothing.
    private void Enter(string hash, string spec)
    {
        lock (_underWay)
        {
            (string first, int requests) = _underWay.GetValueOrDefault(hash, (spec, 0));
            if (first != spec)
                throw new UserException(ExitCode.Failed, "a request with this Idempotency-Key and another spec is under way", "wait for its answer, or take a new key for a new sweep") { IsRefusal = true };
            _underWay[hash] = (spec, requests + 1);
        }
    }

    private void Leave(string hash)
    {
        lock (_underWay)
        {
            (string spec, int requests) = _underWay[hash];
            if (requests == 1)
                _underWay.Remove(hash);
            else
                _underWay[hash] = (spec, requests - 1);
        }
    }

    private async Task<Submitted> SendAsync(SpecFile spec, string? id, CancellationToken cancellationToken)
    {
        Submitted submitted = await desk.SubmitAsync(spec, id, cancellationToken);
        catalog.Forget();
        return submitted;
    }

    private async Task<bool> IsTakenAsync(string id, CancellationToken cancellationToken) =>
        await store.ListAsync(StoreLayout.Journal(id), cancellationToken).AnyAsync(cancellationToken);

    private async Task<Request> RequestAsync(SpecFile spec, string hash, CancellationToken cancellationToken)
    {
        Request wanted = new(SweepId.Create(spec.Definition.Name, time), Hash(spec.Yaml));
        string name = StoreLayout.Request(hash);
        if (await store.WriteBytesAsync(name, JsonSerializer.SerializeToUtf8Bytes(wanted), BlobCondition.IfAbsent, cancellationToken) is not null)
            return wanted;
        (Request made, BlobVersion version) = await ReadAsync(name, cancellationToken);
        if (made.Spec == wanted.Spec)
            return made;
        if (await IsTakenAsync(made.Sweep, cancellationToken))
            throw new UserException(ExitCode.Failed, $"this Idempotency-Key was used for another spec, which became {made.Sweep}", "take a new key for a new sweep") { IsRefusal = true };
        // It came to nothing, for want of a data set or a silo: the key is free for a spec that was corrected.
        return await store.WriteBytesAsync(name, JsonSerializer.SerializeToUtf8Bytes(wanted), BlobCondition.IfVersion(version), cancellationToken) is not null
            ? wanted
            : throw new UserException(ExitCode.Failed, "another request with this Idempotency-Key came at the same time", "send it again") { IsRefusal = true };
    }

    private async Task<(Request Request, BlobVersion Version)> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using BlobReading reading = await store.OpenReadAsync(name, cancellationToken)
            ?? throw new UserException(ExitCode.Failed, "the earlier request was forgotten a moment ago", "send it again");
        return ((await JsonSerializer.DeserializeAsync<Request>(reading.Content, cancellationToken: cancellationToken))!, reading.Info.Version);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Request(string Sweep, string Spec);
}
