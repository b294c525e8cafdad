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

    /// <summary>Claim that holds the id of the key.</summary>
    public const string KeyId = "catgan:key";

    /// <summary>Who bears a key: a role claim for every role that it includes.</summary>
    public static ClaimsPrincipal Principal(AccessKey key, string scheme) => Principal(key.Id, key.Name, key.Role, scheme);

    /// <summary>Whoever reaches a server on loopback whose store never had a key.</summary>
    public static ClaimsPrincipal Local(string scheme) => Principal("", "local", AccessRole.Admin, scheme);

    /// <summary>The role of a claim's value.</summary>
    public static string Word(AccessRole role) => role switch
    {
        AccessRole.Admin => Admin,
        AccessRole.Operator => Operator,
        _ => Viewer,
    };

    /// <summary>Somebody with a role.</summary>
    public static ClaimsPrincipal Principal(string id, string name, AccessRole role, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, name),
            new Claim(KeyId, id),
            .. Enum.GetValues<AccessRole>().Where(r => r <= role).Select(r => new Claim(ClaimTypes.Role, Word(r))),
        ],
        scheme));
}
