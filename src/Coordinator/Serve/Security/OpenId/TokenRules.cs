using Microsoft.IdentityModel.Tokens;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>What a token must be to be believed: signed by the provider, for this server, and not past its end by this server's clock.</summary>
internal sealed class TokenRules(OpenIdOptions options, OpenIdProvider provider, TimeProvider time)
{
    /// <summary>How far the provider's clock may be off.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    // Keys of the provider are public: what they sign they sign asymmetrically, and a secret that both know signs nothing.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    /// <summary>Rules of the token that says who signed in.</summary>
    public TokenValidationParameters OfSignIn => Of(options.Client);

    /// <summary>Rules of the token that a script sends.</summary>
    public TokenValidationParameters OfBearer => Of(options.Audience);

    private TokenValidationParameters Of(string audience) => new()
    {
        ConfigurationManager = provider.Metadata,
        ValidAudience = audience,
        AudienceValidator = (audiences, _, _) => IsFor(audience, audiences),
        ValidAlgorithms = Algorithms,
        LifetimeValidator = IsAlive,
        TypeValidator = Type,
    };

    // What the library does too, but it does not say whom a refused token is for.
    private static bool IsFor(string audience, IEnumerable<string>? audiences) => audiences?.Contains(audience, StringComparer.Ordinal) == true
        ? true
        : throw new SecurityTokenInvalidAudienceException("the token is for somebody else") { InvalidAudience = string.Join(", ", audiences ?? []) };

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters rules)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        if (expires is not { } end)
            throw new SecurityTokenNoExpirationException("the token has no end (`exp`)");
        // Differences, because a time that is not there may be the first or the last that can be written.
        if (now - end >= Skew)
            throw new SecurityTokenExpiredException("the token is past its end") { Expires = end };
        if (notBefore is { } begin && begin - now > Skew)
            throw new SecurityTokenNotYetValidException("the token is not yet valid") { NotBefore = begin };
        return true;
    }

    // A logout token or an event of the provider is signed by it too, and is no proof of who asks.
    private static string Type(string? type, SecurityToken token, TokenValidationParameters rules) =>
        string.IsNullOrEmpty(type) ? "" : Types.Contains(type, StringComparer.OrdinalIgnoreCase) ? type : throw new SecurityTokenInvalidTypeException("the token is of another type") { InvalidType = type };
}
