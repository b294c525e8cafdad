using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>Says why a sign-in at the provider did not come about, to the person whose it was.</summary>
internal static partial class SignInWords
{
    private const string Again = $"begin again at {SignIn.Path}";

    /// <summary>Status, reason and what to do.</summary>
    public static (int Status, string Detail, IReadOnlyList<string> Hints) Of(Exception? failure, OpenIdOptions options) => failure switch
    {
        OpenIdException { IsRefusal: true } refused => (StatusCodes.Status403Forbidden, refused.Message, [.. refused.Hints, $"to sign in as somebody else, sign out at {options.Name} first; a key opens this server too"]),
        OpenIdConnectProtocolInvalidNonceException => Stale(),
        OpenIdConnectProtocolException { Data: var data } when Code(data["error"]) is { } code => Refused(code, options),
        OpenIdConnectProtocolException => (StatusCodes.Status502BadGateway, $"{options.Name} does not answer as OpenID Connect says", ["the server's log has the details", Again]),
        HttpRequestException or OperationCanceledException => Unreachable(options),
        _ when OpenIdException.Within(failure) is { IsProviders: true } => Unreachable(options),
        null or AuthenticationFailureException => Stale(),
        _ when TokenWords.Of(failure, options, options.Client) is { } worded => (StatusCodes.Status401Unauthorized, $"what {options.Name} says of you is not believed: {worded.Message}", [.. worded.Hints, Again]),
        _ => (StatusCodes.Status502BadGateway, $"the sign-in with {options.Name} failed", ["the server's log has the details", Again]),
    };

    /// <summary>What the log tells besides.</summary>
    public static string Cause(Exception? failure) => failure is null or OpenIdException ? "" : $" ({failure.GetType().Name}: {string.Concat(failure.Message.Select(c => char.IsControl(c) ? ' ' : c))})";

    private static (int Status, string Detail, IReadOnlyList<string> Hints) Stale() =>
        (StatusCodes.Status400BadRequest, "this sign-in was begun in another browser, too long ago, or before the server started anew", [Again]);

    private static (int Status, string Detail, IReadOnlyList<string> Hints) Unreachable(OpenIdOptions options) =>
        (StatusCodes.Status502BadGateway, $"{options.Name} cannot be reached", ["sign in with a key, or try again later", "the server's log tells what is wrong"]);

    private static (int Status, string Detail, IReadOnlyList<string> Hints) Refused(string code, OpenIdOptions options) => code switch
    {
        "access_denied" => (StatusCodes.Status403Forbidden, $"{options.Name} says that access was denied", [Again]),
        "invalid_client" or "unauthorized_client" => (StatusCodes.Status502BadGateway, $"{options.Name} does not know this server as {options.Client}: {code}", ["whoever runs this server checks --oidc-client and CATGAN_OIDC_SECRET against the provider's settings"]),
        "invalid_scope" => (StatusCodes.Status502BadGateway, $"{options.Name} does not give the scopes that were asked for: {code}", ["whoever runs this server checks --oidc-scope"]),
        _ => (StatusCodes.Status502BadGateway, $"{options.Name} answers {code}", ["the server's log has the details", Again]),
    };

    // What a person is shown of an answer is a code of the standard's form, never the text beside it.
    private static string? Code(object? error) => error is string code && Form().IsMatch(code) ? code : null;

    [GeneratedRegex("^[a-z_]{1,60}$")]
    private static partial Regex Form();
}
