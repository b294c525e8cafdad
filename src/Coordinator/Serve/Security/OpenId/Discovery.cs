using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>
/// Reads what the provider says of itself, and its keys (OpenID Connect Discovery 1.0), and refuses what does not fit the
/// settings. A provider that fails is left alone for a while: nobody who asks this server can make it ask over and over.
/// </summary>
internal sealed class Discovery(OpenIdOptions options, HttpClient http, TimeProvider time) : IDocumentRetriever, IConfigurationRetriever<OpenIdConnectConfiguration>
{
    /// <summary>How long a provider that failed is left alone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private Failure? failure;

    /// <summary>Told each time that the provider fails after it has not.</summary>
    public Action<OpenIdException> OnFailure { get; init; } = _ => { };

    /// <inheritdoc/>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
    {
        Failure? last = failure;
        if (last is not null && time.GetElapsedTime(last.At) < Patience)
            throw last.Fault;
        try
        {
            OpenIdConnectConfiguration found = await OpenIdConnectConfigurationRetriever.GetAsync(address, retriever, cancel);
            Check(found);
            failure = null;
            return found;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            OpenIdException fault = Word(e);
            failure = new(time.GetTimestamp(), fault);
            if (last?.Fault.Message != fault.Message)
                OnFailure(fault);
            throw fault;
        }
    }

    /// <inheritdoc/>
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        CheckAddress("jwks_uri", address);
        using HttpResponseMessage answer = await http.GetAsync(new Uri(address), cancel);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsStringAsync(cancel)
            : throw Fault($"{address} answers {(int)answer.StatusCode}", "is --oidc-authority the provider's issuer, to the letter?");
    }

    private void Check(OpenIdConnectConfiguration found)
    {
        // Whoever could answer for another issuer could vouch for anybody (section 4.3).
        if (found.Issuer?.TrimEnd('/') != options.Authority.AbsoluteUri.TrimEnd('/'))
            throw Fault($"--oidc-authority is {options.Authority}, but the provider there calls itself {found.Issuer ?? "nothing"}", $"give --oidc-authority {found.Issuer}, if you trust it");
        CheckAddress("authorization_endpoint", found.AuthorizationEndpoint);
        CheckAddress("token_endpoint", found.TokenEndpoint);
        if (found.EndSessionEndpoint is { Length: > 0 } end)
            CheckAddress("end_session_endpoint", end);
        if (found.PushedAuthorizationRequestEndpoint is { Length: > 0 } pushed)
            CheckAddress("pushed_authorization_request_endpoint", pushed);
        if (found.SigningKeys.Count == 0)
            throw Fault($"{options.Authority} names no key that signs its tokens");
    }

    private void CheckAddress(string name, string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            throw Fault($"{options.Authority} has no {name}, or one that is no address: {address}");
        if (options.RequireHttps && uri.Scheme != "https")
            throw Fault($"{options.Authority} names {address} as its {name}, which is not https");
    }

    private OpenIdException Word(Exception exception) => exception switch
    {
        _ when OpenIdException.Within(exception) is { } fault => fault,
        OperationCanceledException => Fault($"{options.Authority} does not answer within {http.Timeout.TotalSeconds:0} s"),
        HttpRequestException => Fault($"{options.Authority} cannot be reached: {exception.GetBaseException().Message}"),
        _ when exception.GetBaseException() is JsonException => Fault($"{options.MetadataAddress} holds no OpenID metadata", "is --oidc-authority the address of an OpenID provider?"),
        _ => new($"{options.Authority} cannot be used: {exception.GetBaseException().Message}", exception) { IsProviders = true },
    };

    private static OpenIdException Fault(string message, params IReadOnlyList<string> hints) => new(message) { IsProviders = true, Hints = hints };

    private sealed record Failure(long At, OpenIdException Fault);
}
