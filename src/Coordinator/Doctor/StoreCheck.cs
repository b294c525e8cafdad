using System.Runtime.CompilerServices;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Doctor;

/// <summary>
/// Whether the store keeps its two promises: create-if-absent and conditional replace. Everything that survives rests
/// on them, and a folder on some network file systems breaks them.
/// </summary>
internal sealed class StoreCheck : IDoctorCheck
{
    private const string What = "store";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IBlobStore store;
        Finding? closed = null;
        try
        {
            store = StoreOpener.Open(patient.Surroundings, patient.StoreUri);
        }
        catch (UserException fault)
        {
            closed = Finding.Fault(What, fault.Message, string.Join("; ", fault.Hints));
            store = null!;
        }
        if (closed is not null)
        {
            yield return closed;
            yield break;
        }
        foreach (Finding finding in await LookAsync(store, patient.Surroundings.Time, cancellationToken))
            yield return finding;
    }

    /// <summary>Writes, replaces and deletes a blob of its own.</summary>
    internal static async Task<IReadOnlyList<Finding>> LookAsync(IBlobStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(Within, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        string name = $"doctor/{Guid.NewGuid():N}";
        try
        {
            return await TryAsync(store, name, time, both.Token);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            string said = late.IsCancellationRequested ? $"does not answer within {Within.TotalSeconds:0} s" : fault.Message;
            return [Finding.Fault(What, $"{store.Uri}: {said}", Cure(store))];
        }
    }

    private static async Task<IReadOnlyList<Finding>> TryAsync(IBlobStore store, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        DateTimeOffset before = time.GetUtcNow();
        long started = time.GetTimestamp();
        try
        {
            if (await store.WriteTextAsync(name, "one", BlobCondition.IfAbsent, cancellationToken) is not { } first)
                return [Broken(store, "did not create a blob that was absent")];
            if (await store.WriteTextAsync(name, "two", BlobCondition.IfAbsent, cancellationToken) is not null)
                return [Broken(store, "wrote over a blob that was to be created only if absent")];
            DateTimeOffset after = time.GetUtcNow();
            BlobInfo? info = await store.GetInfoAsync(name, cancellationToken);
            if (await store.WriteTextAsync(name, "three", BlobCondition.IfVersion(first), cancellationToken) is null)
                return [Broken(store, "did not replace the version that it had just written")];
            if (await store.WriteTextAsync(name, "four", BlobCondition.IfVersion(first), cancellationToken) is not null)
                return [Broken(store, "replaced a version that was no longer there")];
            if (await store.ReadTextAsync(name, cancellationToken) is not "three")
                return [Broken(store, "does not read back what was written")];
            Finding well = Finding.Well(What, $"{store.Uri}: conditional writes hold; {time.GetElapsedTime(started).TotalMilliseconds / 6:0.0} ms a request");
            return info is null ? [well] : [well, ClockSkew.Of("the store", info.LastModified, before, after, TimeSpan.FromSeconds(1))];
        }
        finally
        {
            await store.DeleteAsync(name, cancellationToken);
        }
    }

    private static Finding Broken(IBlobStore store, string how) =>
        Finding.Fault(What, $"{store.Uri} {how}", "do not use it: results could be lost or written twice. Take a local disk, NFS 4, or Azure Blob Storage");

    private static string Cure(IBlobStore store) => store is ILocalBlobStore
        ? "check that the folder may be written and its disk has room"
        : "check the address, the network, and that the identity or key may read and write blobs";
}
