using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace CatGan.Storage;

/// <summary>Turns failures of Azure Blob Storage into messages that say what to do.</summary>
internal static class AzureError
{
    /// <summary>True for what the client throws when the service refuses or cannot be reached after all retries.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException => true,
        AggregateException all => all.InnerExceptions.All(e => Is(e) || e is TaskCanceledException),
        _ => false,
    };

    public static BlobStoreException Wrap(Exception exception, string verb, string name, string uri)
    {
        var last = exception is AggregateException { InnerExceptions.Count: > 0 } all ? all.InnerExceptions[^1] : exception;
        var reason = last is RequestFailedException { ErrorCode: { } code, Status: var status }
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{code} ({status})")
            : last.Message.Split('\n')[0].Trim();
        return new BlobStoreException($"The store {uri} could not {verb} '{name}': {reason.TrimEnd('.')}. {Advice(last)}", exception);
    }

    private static string Advice(Exception exception) => exception switch
    {
        AuthenticationFailedException => "No identity was accepted: sign in (az login), give this machine an identity, or use azure:CONTAINER?connection=….",
        RequestFailedException { Status: 401 or 403 } => "Give this identity the role Storage Blob Data Contributor on the account, or check the key or SAS token.",
        RequestFailedException e when e.ErrorCode == BlobErrorCode.ContainerBeingDeleted => "The container is being deleted: wait a minute, or use another name.",
        RequestFailedException { Status: 0 } or IOException or HttpRequestException or TaskCanceledException => "Check the account's name, the network and the firewall of the account.",
        _ => "Check the account in the Azure portal and try again.",
    };
}
