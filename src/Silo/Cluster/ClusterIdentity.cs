using CatGan.Abstractions;
using CatGan.Abstractions.Cluster;
using CatGan.Storage;

namespace CatGan.Silo.Cluster;

/// <summary>The id of the cluster that works on a store. It is drawn once and lies in the store, whatever path or address leads there.</summary>
internal static class ClusterIdentity
{
    /// <summary>Reads the id, or draws it; of several silos that do so at once, all get the same.</summary>
    /// <exception cref="UnreachableException">The store does not answer.</exception>
    /// <exception cref="InvalidDataException">The blob holds something else.</exception>
    public static async Task<string> OfAsync(IBlobStore store)
    {
        try
        {
            if (await store.ReadTextAsync(StoreLayout.ClusterId) is not { } id)
            {
                await store.WriteTextAsync(StoreLayout.ClusterId, Guid.NewGuid().ToString("N")[..12], BlobCondition.IfAbsent);
                id = await store.ReadTextAsync(StoreLayout.ClusterId) ?? "";
            }
            return ClusterNames.IdFault(id) is { } fault
                ? throw new InvalidDataException($"the cluster's id in {StoreLayout.ClusterId} of {store.Uri} {fault}; give --cluster-id, or delete that blob while no silo runs")
                : id;
        }
        catch (Exception fault) when (fault is BlobStoreException or IOException or UnauthorizedAccessException)
        {
            throw new UnreachableException($"the store {store.Uri} cannot be used: {fault.Message}", fault);
        }
    }
}
