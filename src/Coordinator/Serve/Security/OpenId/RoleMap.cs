using System.Collections.Immutable;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Keys;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>Which role a value of the provider's claim gives. Nothing gives a role that is not written here.</summary>
/// <param name="Values">Role by value; values are told apart by case.</param>
internal sealed record RoleMap(ImmutableSortedDictionary<string, AccessRole> Values)
{
    private const string Form = "ROLE=VALUE, where ROLE is viewer, operator or admin and VALUE is one of the claim";

    /// <summary>Reads what a person wrote, such as <c>admin=cat-admins</c>.</summary>
    /// <exception cref="UserException">It is no mapping, or gives one value two roles.</exception>
    public static RoleMap Parse(IEnumerable<string> typed)
    {
        ImmutableSortedDictionary<string, AccessRole>.Builder values = ImmutableSortedDictionary.CreateBuilder<string, AccessRole>(StringComparer.Ordinal);
        foreach (string entry in typed)
        {
            string[] parts = [.. entry.Split('=', 2).Select(p => p.Trim())];
            if (parts is not [var word, { Length: > 0 } value])
                throw new UserException(ExitCode.BadInput, $"--oidc-role is {entry}, but must be {Form}", "such as admin=cat-admins");
            AccessRole role = Role(word) ?? throw new UserException(ExitCode.BadInput, $"--oidc-role is {entry}, but {(word.Length > 0 ? word : "nothing")} is no role: it must be {Form}", $"such as admin={value}");
            if (values.TryGetValue(value, out AccessRole other) && other != role)
                throw new UserException(ExitCode.BadInput, $"--oidc-role gives {value} both {Roles.Word(other)} and {Roles.Word(role)}", "give it one: each role may all that the ones before may");
            values[value] = role;
        }
        return values.Count > 0
            ? new(values.ToImmutable())
            : throw new UserException(ExitCode.BadInput, "--oidc-role is missing: nobody who signs in would have a role", $"give {Form}, such as --oidc-role admin=cat-admins");
    }

    /// <summary>The highest role that any of these values gives; null for none.</summary>
    public AccessRole? Of(IEnumerable<string> values) =>
        values.Select(v => Values.TryGetValue(v, out AccessRole role) ? role : (AccessRole?)null).Max();

    private static AccessRole? Role(string word) => word switch
    {
        Roles.Viewer => AccessRole.Viewer,
        Roles.Operator => AccessRole.Operator,
        Roles.Admin => AccessRole.Admin,
        _ => null,
    };
}
