using Microsoft.IdentityModel.Tokens;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>Says why a token is not believed.</summary>
internal static class TokenWords
{
    private const int Longest = 200;

    /// <summary>The reason; null when the fault is none of a token's.</summary>
    public static OpenIdException? Of(Exception fault, OpenIdOptions options, string audience) => fault switch
    {
        OpenIdException worded => worded,
        SecurityTokenExpiredException late => Fault($"the token ended at {late.Expires:yyyy-MM-dd HH:mm:ss} UTC", "get a new one", "if it is new: are the clocks of this machine and of the provider right?"),
        SecurityTokenNotYetValidException early => Fault($"the token is not valid before {early.NotBefore:yyyy-MM-dd HH:mm:ss} UTC", "are the clocks of this machine and of the provider right?"),
        SecurityTokenNoExpirationException => Fault("the token has no end (`exp`)"),
        SecurityTokenInvalidAudienceException other => Fault($"the token is for {Shown(other.InvalidAudience)}, not for {audience}", "have the provider make it for this server, or name whom it makes it for with --oidc-audience"),
        SecurityTokenInvalidIssuerException other => Fault($"the token is {Shown(other.InvalidIssuer)}'s, not {options.Authority}'s", "only tokens of --oidc-authority are believed"),
        SecurityTokenInvalidAlgorithmException other => Fault($"the token is signed with {Shown(other.InvalidAlgorithm)}, which is not believed", "RS, PS and ES algorithms are"),
        SecurityTokenInvalidTypeException other => Fault($"the token is of type {Shown(other.InvalidType)}, which is no access token"),
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException or SecurityTokenInvalidSigningKeyException =>
            Fault($"the token is not signed by a key of {options.Authority}", "if the provider has just changed its keys, try again in half a minute"),
        SecurityTokenException => Fault("the token cannot be validated"),
        _ => null,
    };

    private static OpenIdException Fault(string message, params IReadOnlyList<string> hints) => new(message) { Hints = hints };

    private static string Shown(string? text)
    {
        string plain = string.Concat((text ?? "").Where(c => !char.IsControl(c)));
        return plain.Length == 0 ? "nobody" : plain.Length > Longest ? plain[..Longest] + "…" : plain;
    }
}
