using System.Security.Claims;
using CatGan.Coordinator.Keys;

namespace CatGan.Coordinator.Serve.Security;

/// <summary>Names of the policies, which are those of the roles, and who somebody is as claims.</summary>
internal static class Roles
{
    /// <summary>May see.</summary>
    public const string Viewer = "viewer";

    /// <summary>May change sweeps.</summary>
    public const string Operator = "operator";

    /// <summary>May all.</summary>
    public const string Admin = "admin";

    /// <summary>Claim that holds who it is: the id of a key, or a subject of the OpenID provider; empty for whoever needs none.</summary>
    public const string Who = "catgan:who";

    // No id of a key has a colon.
    private const string PersonPrefix = "oidc:";

    /// <summary>Who bears a key: a role claim for every role that it includes.</summary>
    public static ClaimsPrincipal Principal(AccessKey key, string scheme) => Principal(key.Id, key.Name, key.Role, scheme);

    /// <summary>Whoever reaches a server on loopback whose store never had a key.</summary>
    public static ClaimsPrincipal Local(string scheme) => Principal("", "local", AccessRole.Admin, scheme);

    /// <summary>Somebody whom the OpenID provider vouches for; without a role nothing opens.</summary>
    public static ClaimsPrincipal Person(string subject, string name, AccessRole? role, string scheme) => Principal(PersonPrefix + subject, name, role, scheme);

    /// <summary>True for somebody whom the OpenID provider vouches for.</summary>
    public static bool IsPerson(ClaimsPrincipal who) => who.FindFirstValue(Who)?.StartsWith(PersonPrefix, StringComparison.Ordinal) == true;

    /// <summary>The id of the key that somebody bears; null for whoever bears none.</summary>
    public static string? KeyOf(ClaimsPrincipal who) => who.FindFirstValue(Who) is { Length: > 0 } id && !IsPerson(who) ? id : null;

    /// <summary>The role of a claim's value.</summary>
    public static string Word(AccessRole role) => role switch
    {
        AccessRole.Admin => Admin,
        AccessRole.Operator => Operator,
        _ => Viewer,
    };

    /// <summary>Somebody with a role.</summary>
    private static ClaimsPrincipal Principal(string id, string name, AccessRole? role, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, name),
            new Claim(Who, id),
            .. Enum.GetValues<AccessRole>().Where(r => r <= role).Select(r => new Claim(ClaimTypes.Role, Word(r))),
        ],
        scheme));
}
