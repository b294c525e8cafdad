using System.Globalization;
using System.Text.Json.Nodes;

namespace CatGan.Deploy.Tests.Kustomize;

/// <summary>The operations add, replace and remove of RFC 6902.</summary>
internal static class JsonOperations
{
    public static void Apply(JsonObject item, JsonArray operations, string where)
    {
        foreach (JsonNode? node in operations)
        {
            Section operation = new(where, node!.AsObject());
            operation.Allow("op", "path", "value");
            Apply(item, operation);
        }
    }

    private static void Apply(JsonObject item, Section operation)
    {
        string[] path = [.. operation.Text("path")!.Split('/').Skip(1).Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        JsonNode? parent = path[..^1].Aggregate((JsonNode?)item, (at, step) => at is JsonArray list ? list[Index(step)] : at?[step]);
        string op = operation.Text("op")!;
        switch (parent, op)
        {
            case (JsonObject map, "add"):
                map[path[^1]] = operation.Value("value")?.DeepClone();
                break;
            case (JsonObject map, "replace") when map.ContainsKey(path[^1]):
                map[path[^1]] = operation.Value("value")?.DeepClone();
                break;
            case (JsonObject map, "remove") when map.Remove(path[^1]):
                break;
            case (JsonArray list, "add"):
                list.Insert(path[^1] == "-" ? list.Count : Index(path[^1]), operation.Value("value")?.DeepClone());
                break;
            case (JsonArray list, "replace"):
                list[Index(path[^1])] = operation.Value("value")?.DeepClone();
                break;
            case (JsonArray list, "remove"):
                list.RemoveAt(Index(path[^1]));
                break;
            default:
                throw new InvalidDataException($"{operation.Where}: {op} {operation.Text("path")} leads nowhere in {Shapes.Kind(item)} {Shapes.Name(item)}.");
        }
    }

    private static int Index(string step) => int.Parse(step, NumberStyles.None, CultureInfo.InvariantCulture);
}
