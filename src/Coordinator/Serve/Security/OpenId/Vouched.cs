using System.Security.Claims;
using CatGan.Coordinator.Keys;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>Whom a validated token of the provider vouches for.</summary>
/// <param name="Subject">The provider's own id of them.</param>
/// <param name="Name">What people call them.</param>
/// <param name="Role">What they may do; null for nothing.</param>
/// <param name="Values">What the role's claim holds.</param>
internal sealed record Vouched(string Subject, string Name, AccessRole? Role, IReadOnlyList<string> Values)
{
    private const int LongestSubject = 255; // OpenID Connect Core 1.0, section 2
    private const int LongestName = 100;
    private const int MostShown = 10;

    /// <summary>Reads the claims of a validated token.</summary>
    /// <exception cref="OpenIdException">The token names nobody.</exception>
    public static Vouched Of(IEnumerable<Claim> claims, OpenIdOptions options)
    {
        Claim[] all = [.. claims];
        string subject = First("sub") is { Length: <= LongestSubject } sub ? sub : throw new OpenIdException("the token names nobody: its claim `sub` is missing or too long");
        string name = First("name") ?? First("preferred_username") ?? First("email") ?? First("client_id") ?? First("azp") ?? subject;
        IReadOnlyList<string> values = RoleClaim.Values(all, options.RoleClaim);
        return new(subject, Shown(name), options.Roles.Of(values), values);

        string? First(string type) => all.FirstOrDefault(c => c.Type == type && !string.IsNullOrWhiteSpace(c.Value))?.Value;
    }

    /// <summary>Who this is to the rest of the server. Without a role nothing opens.</summary>
    public ClaimsPrincipal Principal(string scheme) => Roles.Person(Subject, Name, Role, scheme);

    /// <summary>Why somebody without a role is refused: which claim was looked at, and what is in it.</summary>
    public string Refusal(OpenIdOptions options)
    {
        string held = Values.Count == 0
            ? "which is missing or empty"
            : $"which holds {string.Join(", ", Values.Take(MostShown).Select(Shown))}{(Values.Count > MostShown ? $" and {Values.Count - MostShown} more" : "")}, and none of it is given a role here";
        return $"{options.Name} knows {Name}, but gives no role here: the token's claim `{options.RoleClaim}` was looked at, {held}";
    }

    /// <summary>What whoever runs the server can do about that.</summary>
    public static IReadOnlyList<string> RefusalHints(OpenIdOptions options) =>
    [
        $"whoever runs this server maps a value of `{options.RoleClaim}` to a role with --oidc-role viewer=VALUE, and names another claim with --oidc-role-claim",
        "whoever runs the provider puts the claim into the token, and people into the group",
    ];

    private static string Shown(string text)
    {
        string plain = string.Concat(text.Where(c => !char.IsControl(c))).Trim();
        return plain.Length > LongestName ? plain[..LongestName] + "…" : plain;
    }
}
