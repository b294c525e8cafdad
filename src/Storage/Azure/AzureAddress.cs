using Azure.Identity;
using Azure.Storage.Blobs;

namespace CatGan.Storage;

/// <summary>Opens the stores whose URIs name a container of Azure Blob Storage.</summary>
internal static class AzureAddress
{
    private const string Scheme = "azure:", ConnectionKey = "?connection=", Variable = "AZURE_STORAGE_CONNECTION_STRING";

    public static bool Recognises(string uri) =>
        uri.StartsWith(Scheme, StringComparison.Ordinal)
        || uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || uri.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    public static AzureBlobStore Open(string uri) =>
        uri.StartsWith(Scheme, StringComparison.Ordinal) ? OpenByConnection(uri) : OpenByUrl(uri);

    private static AzureBlobStore OpenByConnection(string uri)
    {
        var rest = uri[Scheme.Length..];
        var at = rest.IndexOf(ConnectionKey, StringComparison.Ordinal);
        var container = at < 0 ? rest : rest[..at];
        CheckContainer(container);
        // Everything after the key: a connection string holds '&', '=' and ';' itself.
        var connection = at < 0 ? Environment.GetEnvironmentVariable(Variable) : rest[(at + ConnectionKey.Length)..];
        if (string.IsNullOrWhiteSpace(connection))
            throw new BlobStoreException($"The store azure:{container} needs a connection string: write azure:{container}?connection=… or set the environment variable {Variable}.");
        try
        {
            return new AzureBlobStore(new BlobContainerClient(connection, container, Options()), Scheme + container);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new BlobStoreException($"The connection string of the store azure:{container} is not one (its text is not shown, it holds a secret). Copy it again from the account's access keys.", e);
        }
    }

    private static AzureBlobStore OpenByUrl(string text)
    {
        if (!System.Uri.TryCreate(text, UriKind.Absolute, out var url))
            throw new BlobStoreException($"The store URL is malformed. {BlobStores.Forms}");
        var shown = url.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var builder = new BlobUriBuilder(url);
        if (builder.BlobName.Length > 0)
            throw new BlobStoreException($"The store URL {shown} goes on behind the container with '{builder.BlobName}'; end it after the container.");
        CheckContainer(builder.BlobContainerName);
        if (builder.Sas is not null)
            return new AzureBlobStore(new BlobContainerClient(url, Options()), shown);
        if (url.Scheme != System.Uri.UriSchemeHttps)
            throw new BlobStoreException($"The store URL {shown} is not https: an identity is never sent in the clear. Use https, or azure:CONTAINER?connection=… for an emulator.");
        return new AzureBlobStore(new BlobContainerClient(url, new DefaultAzureCredential(), Options()), shown);
    }

    private static void CheckContainer(string name)
    {
        var fits = name.Length is >= 3 and <= 63 && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
        if (!fits)
            throw new BlobStoreException($"'{name}' is no container name: 3 to 63 of a-z, 0-9 and single dashes, beginning and ending with a letter or digit. {BlobStores.Forms}");
    }

    private static BlobClientOptions Options()
    {
        var options = new BlobClientOptions();
        options.Retry.Mode = Azure.Core.RetryMode.Exponential;
        options.Retry.MaxRetries = 6;
        options.Retry.Delay = TimeSpan.FromSeconds(0.4);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(15);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(60);
        return options;
    }
}
