using CatGan.Storage;

namespace CatGan.Coordinator.Keys;

/// <summary>The keys as a server knows them: read from the store at most every few seconds, so that is how long a revoked one still opens.</summary>
internal sealed class KeyRing(IBlobStore store, TimeProvider time) : IDisposable
{
    /// <summary>How old its knowledge may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    // Compared with where there is no such key, so that an unknown id takes as long as a wrong secret.
    private static readonly AccessKey Nobody = new("0000000000", "", AccessRole.Viewer, new string('0', 64), default, RevokedAt: DateTimeOffset.MinValue);

    private readonly KeyStore keys = new(store, time);
    private readonly SemaphoreSlim gate = new(1);
    private Known? known;

    /// <summary>True when the store has no key and never had one.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) => (await GetAsync(cancellationToken)).Count == 0;

    /// <summary>The valid key that a text is; null for any other text.</summary>
    public async Task<AccessKey?> FindAsync(string? text, CancellationToken cancellationToken)
    {
        if (KeyText.Parse(text) is not { } typed)
            return null;
        AccessKey key = (await GetAsync(cancellationToken)).GetValueOrDefault(typed.Id, Nobody);
        return typed.Is(key) && key.IsValid(time.GetUtcNow()) ? key : null;
    }

    /// <summary>A valid key by its id; null when there is none any more.</summary>
    public async Task<AccessKey?> GetAsync(string id, CancellationToken cancellationToken) =>
        (await GetAsync(cancellationToken)).GetValueOrDefault(id) is { } key && key.IsValid(time.GetUtcNow()) ? key : null;

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<IReadOnlyDictionary<string, AccessKey>> GetAsync(CancellationToken cancellationToken)
    {
        if (known is { } now && time.GetElapsedTime(now.At) < MaxAge)
            return now.Keys;
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (known is { } meanwhile && time.GetElapsedTime(meanwhile.At) < MaxAge)
                return meanwhile.Keys;
            long at = time.GetTimestamp();
            known = new(at, (await keys.ListAsync(cancellationToken)).ToDictionary(k => k.Id));
            return known.Keys;
        }
        finally
        {
            gate.Release();
        }
    }

    private sealed record Known(long At, IReadOnlyDictionary<string, AccessKey> Keys);
}
