namespace CatGan.Storage;

/// <summary>The catalogue of stores: which URI opens which.</summary>
public static class BlobStores
{
    /// <summary>
    /// Opens a store: <c>file:PATH</c> or a plain path (a folder, made by the first write),
    /// <c>azure:CONTAINER?connection=STRING</c> (without <c>?connection=</c> the environment variable
    /// AZURE_STORAGE_CONNECTION_STRING counts), or <c>https://ACCOUNT.blob.core.windows.net/CONTAINER</c>
    /// (the identity that DefaultAzureCredential finds, or the SAS token in the URL).
    /// </summary>
    /// <param name="uri">Where the store is.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="BlobStoreException">The URI names no store.</exception>
    public static IBlobStore Open(string uri, TimeProvider? time = null)
    {
        if (string.IsNullOrWhiteSpace(uri) || uri.Contains('\0'))
            throw new BlobStoreException($"The store URI is empty. {Forms}");
        if (AzureAddress.Recognises(uri))
            return AzureAddress.Open(uri);
        if (uri.StartsWith("file:", StringComparison.Ordinal))
            return OpenFolder(uri["file:".Length..], uri, time);
        if (uri.Contains("://", StringComparison.Ordinal))
            throw new BlobStoreException($"No store has a URI like '{uri}'. {Forms}");
        return OpenFolder(uri, uri, time);
    }

    /// <summary>The forms a URI may have, for messages.</summary>
    internal static string Forms => "Give file:PATH, azure:CONTAINER or https://ACCOUNT.blob.core.windows.net/CONTAINER.";

    private static FolderBlobStore OpenFolder(string path, string uri, TimeProvider? time)
    {
        // file:///absolute/path is a folder's URI as well.
        if (path.StartsWith("//", StringComparison.Ordinal))
            path = "/" + path.TrimStart('/');
        if (path.Length == 0)
            throw new BlobStoreException($"The store URI '{uri}' names no folder. {Forms}");
        if (!OperatingSystem.IsLinux())
            throw new BlobStoreException($"The store '{uri}' is a folder, which needs Linux: it rests on atomic calls of its kernel. Use a container of Azure Blob Storage.");
        return new FolderBlobStore(path, time ?? TimeProvider.System);
    }
}
