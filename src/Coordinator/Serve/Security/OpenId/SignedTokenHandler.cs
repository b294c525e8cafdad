using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>
/// Validates tokens, and believes none that is unsigned: ASP.NET would believe one that comes from the provider's token
/// endpoint, because TLS vouches for that.
/// </summary>
internal sealed class SignedTokenHandler : JsonWebTokenHandler
{
    /// <summary>Makes it; claims keep the names that the provider gives them.</summary>
    public SignedTokenHandler() => MapInboundClaims = false;

    /// <inheritdoc/>
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        validationParameters.RequireSignedTokens = true;
        return base.ValidateTokenAsync(token, validationParameters);
    }
}
