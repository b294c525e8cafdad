using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CatGan.Web.Tests.Support.OpenId;

/// <summary>Changes tokens, and signs them again as a test wants.</summary>
internal static class Forger
{
    /// <summary>Somebody else's key, which goes by the name of the provider's.</summary>
    public static Lazy<RsaSecurityKey> Stranger { get; } = new(() => OpenIdHost.NewKey("first"));

    /// <summary>The token with other claims, signed by a key; by none for null.</summary>
    public static string Forge(string token, SecurityKey? key, Action<JsonObject>? change = null, string algorithm = SecurityAlgorithms.RsaSha256, string? type = null)
    {
        JsonWebToken read = new(token);
        JsonObject claims = JsonNode.Parse(Base64UrlEncoder.Decode(read.EncodedPayload))!.AsObject();
        change?.Invoke(claims);
        JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
        return key is null
            ? handler.CreateToken(claims.ToJsonString())
            : handler.CreateToken(claims.ToJsonString(), new SigningCredentials(key, algorithm), new Dictionary<string, object> { ["typ"] = type ?? read.Typ });
    }

    /// <summary>Seconds since 1970, as tokens say times.</summary>
    public static long At(DateTimeOffset time) => time.ToUnixTimeSeconds();
}
