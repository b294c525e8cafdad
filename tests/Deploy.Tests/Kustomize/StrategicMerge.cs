using System.Text.Json.Nodes;

namespace CatGan.Deploy.Tests.Kustomize;

/// <summary>
/// Merges a patch into an object: mappings key by key, null removes, lists of named things by their key (what the patch
/// names comes first), other lists as a whole. A list whose rule is not known is refused.
/// </summary>
internal static class StrategicMerge
{
    private static readonly Dictionary<string, string> MergeKeys = new()
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["volumes"] = "name",
        ["env"] = "name",
        ["volumeMounts"] = "mountPath",
        ["ports"] = "containerPort",
    };

    private static readonly string[] Whole = ["envFrom", "tolerations", "egress", "ingress", "sources", "items"];

    public static void Apply(JsonObject into, JsonObject patch, string where)
    {
        foreach ((string key, JsonNode? value) in patch.ToList())
        {
            if (key.StartsWith("$patch", StringComparison.Ordinal))
                throw new InvalidDataException($"{where}: the renderer does not follow {key}.");
            if (value is null)
                into.Remove(key);
            else if (value is JsonObject map && into[key] is JsonObject old)
                Apply(old, map, where);
            else if (value is JsonArray list && into[key] is JsonArray there)
                into[key] = Merge(there, list, key, where);
            else
                into[key] = value.DeepClone();
        }
    }

    private static JsonArray Merge(JsonArray there, JsonArray patch, string name, string where)
    {
        if (Whole.Contains(name) || patch.All(v => v is JsonValue))
            return patch.DeepClone().AsArray();
        if (!MergeKeys.TryGetValue(name, out string? key))
            throw new InvalidDataException($"{where}: the renderer does not know how lists called {name} are merged.");
        List<JsonObject> rest = [.. there.Select(n => n!.DeepClone().AsObject())];
        JsonArray merged = [];
        foreach (JsonNode? item in patch)
        {
            JsonObject? old = rest.Find(r => JsonNode.DeepEquals(r[key], item![key]));
            if (old is not null)
            {
                rest.Remove(old);
                Apply(old, item!.AsObject(), where);
            }
            merged.Add(old ?? item!.DeepClone());
        }
        foreach (JsonNode left in rest)
            merged.Add(left);
        return merged;
    }
}
