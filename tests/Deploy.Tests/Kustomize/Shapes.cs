using System.Text.Json.Nodes;

namespace CatGan.Deploy.Tests.Kustomize;

/// <summary>Where pods stand in the objects that hold them.</summary>
internal static class Shapes
{
    private static readonly string[] Namespaced =
    [
        "ConfigMap", "CronJob", "DaemonSet", "Deployment", "Job", "NetworkPolicy", "PersistentVolumeClaim", "Pod", "PodDisruptionBudget", "Secret",
        "Service", "ServiceAccount", "StatefulSet",
    ];

    public static string Kind(JsonObject item) => item["kind"]!.GetValue<string>();

    public static string Name(JsonObject item) => item["metadata"]!["name"]!.GetValue<string>();

    /// <summary>Whether objects of the kind live in a namespace; a kind that is not known is refused.</summary>
    public static bool IsNamespaced(JsonObject item) => Kind(item) switch
    {
        "Namespace" => false,
        { } kind when Namespaced.Contains(kind) => true,
        { } kind => throw new InvalidDataException($"The renderer does not know whether a {kind} lives in a namespace."),
    };

    public static JsonObject? Template(JsonObject item) => Kind(item) switch
    {
        "CronJob" => item["spec"]?["jobTemplate"]?["spec"]?["template"]?.AsObject(),
        _ => item["spec"]?["template"]?.AsObject(),
    };

    public static JsonObject? PodSpec(JsonObject item) => Kind(item) == "Pod" ? item["spec"]?.AsObject() : Template(item)?["spec"]?.AsObject();

    public static IEnumerable<JsonNode?> Containers(JsonObject? pod) =>
        (pod?["initContainers"]?.AsArray() ?? []).Concat(pod?["containers"]?.AsArray() ?? []);
}
