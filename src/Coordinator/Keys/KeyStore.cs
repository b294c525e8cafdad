using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Storage;

namespace CatGan.Coordinator.Keys;

/// <summary>The keys of a store. A revoked one stays as a record: a store that once had keys never counts as one without.</summary>
internal sealed class KeyStore(IBlobStore store, TimeProvider time)
{
    private const int LongestName = 100;

    /// <summary>All keys, by name, then by when they were made.</summary>
    public async Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken)
    {
        List<AccessKey> keys = [];
        await foreach (BlobInfo blob in store.ListAsync(StoreLayout.KeysPrefix, cancellationToken))
        {
            // One that cannot be read still counts as a key, which lets nobody in.
            byte[] content = await store.ReadBytesAsync(blob.Name, cancellationToken) ?? [];
            string id = blob.Name[StoreLayout.KeysPrefix.Length..];
            keys.Add(AccessKey.Read(content) is { } key && key.Id == id ? key : new(id, "(unreadable)", AccessRole.Viewer, "", blob.LastModified, RevokedAt: blob.LastModified));
        }
        return [.. keys.OrderBy(k => k.Name, StringComparer.Ordinal).ThenBy(k => k.CreatedAt)];
    }

    /// <summary>Makes a key.</summary>
    /// <returns>The key itself, to be shown once, and what the store keeps of it.</returns>
    /// <exception cref="UserException">The name is none, or taken.</exception>
    public async Task<(KeyText Text, AccessKey Key)> AddAsync(string name, AccessRole role, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
            throw new UserException(ExitCode.BadInput, $"the name of a key must have 1 to {LongestName} characters, and none that control a terminal", "such as alice, or ci-nightly");
        DateTimeOffset now = time.GetUtcNow();
        if ((await ListAsync(cancellationToken)).FirstOrDefault(k => k.Name == name && k.IsValid(now)) is { } taken)
            throw new UserException(ExitCode.BadInput, $"there is a key {name} already ({taken.Id})", $"take another name, or first `catgan keys revoke {taken.Id}`");
        KeyText text = KeyText.Create();
        AccessKey key = new(text.Id, name, role, text.Hash(), now, lifetime is { } life ? now + life : null);
        if (await store.WriteBytesAsync(StoreLayout.Key(key.Id), key.Write(), BlobCondition.IfAbsent, cancellationToken) is null)
            throw new UserException(ExitCode.Failed, $"the id {key.Id} is taken", "try again");
        return (text, key);
    }

    /// <summary>Ends a key for good.</summary>
    /// <param name="typed">Its id, or its name: of keys of one name, that which opens something now.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="UserException">There is none, or more than one of the name, or it was revoked before.</exception>
    public async Task<AccessKey> RevokeAsync(string typed, CancellationToken cancellationToken)
    {
        IReadOnlyList<AccessKey> keys = await ListAsync(cancellationToken);
        AccessKey key = keys.FirstOrDefault(k => k.Id == typed) ?? ByName(keys, typed)
            ?? throw new UserException(ExitCode.NotFound, $"{store.Uri} has no key {typed}", "`catgan keys list` shows all");
        if (key.RevokedAt is { } at)
            throw new UserException(ExitCode.BadInput, $"the key {key.Name} ({key.Id}) was revoked at {at:yyyy-MM-dd HH:mm} UTC");
        AccessKey revoked = key with { RevokedAt = time.GetUtcNow() };
        await store.WriteBytesAsync(StoreLayout.Key(key.Id), revoked.Write(), BlobCondition.Always, cancellationToken);
        return revoked;
    }

    // An expired one of the name comes after one that opens something, and a revoked one last.
    private AccessKey? ByName(IReadOnlyList<AccessKey> keys, string name)
    {
        AccessKey[] named = [.. keys.Where(k => k.Name == name)];
        AccessKey[] valid = [.. named.Where(k => k.IsValid(time.GetUtcNow()))];
        return valid.Length > 1
            ? throw new UserException(ExitCode.BadInput, $"{valid.Length} keys of the name {name} are valid: {string.Join(", ", valid.Select(k => k.Id))}", "name the id of the one to revoke")
            : valid.FirstOrDefault() ?? named.LastOrDefault(k => k.RevokedAt is null) ?? named.LastOrDefault();
    }
}
