using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace CatGan.Deploy.Tests;

/// <summary>
/// Reads an object into its typed model and back. An unknown field fails in reading; a value of the wrong type, such as
/// a number where Kubernetes wants a text, comes back as another one.
/// </summary>
internal static class StrictReader
{
    private static readonly Dictionary<string, Type> Types = new Type[]
    {
        typeof(V1ConfigMap), typeof(V1Deployment), typeof(V1Namespace), typeof(V1NetworkPolicy), typeof(V1PersistentVolumeClaim),
        typeof(V1PodDisruptionBudget), typeof(V1Secret), typeof(V1Service), typeof(V1ServiceAccount),
    }.ToDictionary(Key);

    public static IKubernetesObject<V1ObjectMeta> Read(JsonObject item)
    {
        string key = $"{item["apiVersion"]}/{item["kind"]}";
        if (!Types.ContainsKey(key))
            throw new InvalidDataException($"{key} has no typed model here: add it to {nameof(StrictReader)}.");
        object typed = KubernetesYaml.LoadAllFromString(item.ToJsonString(), Types, strict: true).Single();
        JsonNode? back = JsonNode.Parse(KubernetesJson.Serialize(typed));
        if (Difference(item, back, $"{item["kind"]} {item["metadata"]?["name"]}") is { } difference)
            throw new InvalidDataException(difference);
        return (IKubernetesObject<V1ObjectMeta>)typed;
    }

    private static string Key(Type type)
    {
        KubernetesEntityAttribute entity = (KubernetesEntityAttribute)Attribute.GetCustomAttribute(type, typeof(KubernetesEntityAttribute))!;
        return string.Join('/', new[] { entity.Group, entity.ApiVersion, entity.Kind }.Where(p => !string.IsNullOrEmpty(p)));
    }

    /// <summary>The first place at which two trees differ, in words.</summary>
    private static string? Difference(JsonNode? written, JsonNode? read, string place) => (written, read) switch
    {
        (JsonObject a, JsonObject b) => a.Select(p => p.Key).Union(b.Select(p => p.Key))
            .Select(key => Difference(a[key], b[key], $"{place}.{key}")).FirstOrDefault(d => d is not null),
        (JsonArray a, JsonArray b) when a.Count == b.Count => Enumerable.Range(0, a.Count)
            .Select(i => Difference(a[i], b[i], $"{place}[{i}]")).FirstOrDefault(d => d is not null),
        _ when JsonNode.DeepEquals(written, read) => null,
        _ => $"{place} is {written?.ToJsonString() ?? "missing"}, but Kubernetes reads {read?.ToJsonString() ?? "nothing"}.",
    };
}
