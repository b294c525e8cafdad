using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>Finds the values of the claim that says who may what: a text, a list of texts, or either within objects.</summary>
internal static class RoleClaim
{
    /// <summary>The values of a claim; empty where there is no such claim.</summary>
    /// <param name="claims">The claims of a validated token; those that are objects hold JSON.</param>
    /// <param name="name">Its name. Where no claim has it, each dot may lead into an object: <c>realm_access.roles</c>.</param>
    public static IReadOnlyList<string> Values(IEnumerable<Claim> claims, string name)
    {
        Claim[] all = [.. claims];
        Claim[] own = [.. all.Where(c => c.Type == name)];
        return own.Length > 0
            ? [.. own.SelectMany(c => IsJson(c) ? Within(c, "") : [c.Value])]
            : [.. Splits(name).SelectMany(split => all.Where(c => c.Type == split.Head && IsJson(c)).SelectMany(c => Within(c, split.Tail))).Distinct()];
    }

    // By what the token said: a group that somebody named like JSON stays a name.
    private static bool IsJson(Claim claim) => claim.ValueType is JsonClaimValueTypes.Json or JsonClaimValueTypes.JsonArray;

    private static IReadOnlyList<string> Within(Claim claim, string path)
    {
        using JsonDocument json = JsonDocument.Parse(claim.Value);
        return path.Length == 0 ? Texts(json.RootElement) : Walk(json.RootElement, path);
    }

    private static IReadOnlyList<string> Walk(JsonElement at, string path)
    {
        if (at.ValueKind != JsonValueKind.Object)
            return [];
        if (at.TryGetProperty(path, out JsonElement found))
            return Texts(found);
        // A name may hold dots itself, as clients' names do in Keycloak's resource_access.
        return [.. Splits(path).SelectMany(split => at.TryGetProperty(split.Head, out JsonElement inner) ? Walk(inner, split.Tail) : [])];
    }

    private static IReadOnlyList<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => [.. element.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)],
        _ => [],
    };

    private static IEnumerable<(string Head, string Tail)> Splits(string path) =>
        Enumerable.Range(1, Math.Max(0, path.Length - 2)).Where(i => path[i] == '.').Select(i => (path[..i], path[(i + 1)..]));
}
