using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CatGan.Deploy.Tests.Kustomize;

/// <summary>A ConfigMap whose name gets a hash of its content in the end, wherever it is named.</summary>
internal sealed class GeneratedConfigMap(string name, JsonObject item)
{
    private static readonly JsonSerializerOptions AsGoWrites = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Add(ConfigMapGenerator generator, List<JsonObject> items, List<GeneratedConfigMap> generated)
    {
        JsonObject? there = items.Find(i => Shapes.Kind(i) == "ConfigMap" && Shapes.Name(i) == generator.Name);
        if (generator.Merge != there is not null)
            throw new InvalidDataException($"configMapGenerator {generator.Name}: there is {(there is null ? "none to merge into" : "one already; say behavior: merge")}.");
        if (there is null)
        {
            there = new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "ConfigMap",
                ["metadata"] = new JsonObject { ["name"] = generator.Name },
                ["data"] = new JsonObject(),
            };
            items.Add(there);
            generated.Add(new GeneratedConfigMap(generator.Name, there));
        }
        foreach ((string key, string value) in generator.Literals)
            there["data"]![key] = value;
    }

    /// <summary>Gives it its final name, and tells everything that refers to it.</summary>
    public void Rename(IEnumerable<JsonObject> items)
    {
        string hashed = $"{name}-{Hash()}";
        item["metadata"]!["name"] = hashed;
        foreach (JsonNode? reference in items.Select(Shapes.PodSpec).SelectMany(References))
        {
            if (reference?["name"]?.GetValue<string>() == name)
                reference["name"] = hashed;
        }
    }

    private static IEnumerable<JsonNode?> References(JsonObject? pod)
    {
        foreach (JsonNode? container in Shapes.Containers(pod))
        {
            foreach (JsonNode? source in container!["envFrom"]?.AsArray() ?? [])
                yield return source!["configMapRef"];
            foreach (JsonNode? variable in container["env"]?.AsArray() ?? [])
                yield return variable!["valueFrom"]?["configMapKeyRef"];
        }
        foreach (JsonNode? volume in pod?["volumes"]?.AsArray() ?? [])
        {
            yield return volume!["configMap"];
            foreach (JsonNode? source in volume["projected"]?["sources"]?.AsArray() ?? [])
                yield return source!["configMap"];
        }
    }

    /// <summary>Kustomize's hash: ten letters of the SHA-256 of the content as Go writes it, the name left empty, without those that could spell words.</summary>
    private string Hash()
    {
        JsonObject data = new(item["data"]!.AsObject().OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        JsonObject content = new() { ["data"] = data, ["kind"] = "ConfigMap", ["name"] = "" };
        // Go escapes these three for the sake of HTML.
        string text = content.ToJsonString(AsGoWrites)
            .Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal);
        string hex = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return new string([.. hex.Take(10).Select(c => c switch { '0' => 'g', '1' => 'h', '3' => 'k', 'a' => 'm', 'e' => 't', _ => c })]);
    }
}
