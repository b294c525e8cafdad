using k8s.Models;

namespace CatGan.Deploy.Tests;

/// <summary>The environment variables that a container will see; what only a running pod knows is made up.</summary>
internal static class PodEnvironment
{
    private static readonly Dictionary<string, string> Fields = new() { ["metadata.name"] = "silo-7c9f-abcde", ["status.podIP"] = "10.244.1.7" };

    public static Dictionary<string, string> Of(Manifests manifests, V1Container container)
    {
        Dictionary<string, string> seen = [];
        foreach (V1EnvFromSource source in container.EnvFrom ?? [])
        {
            IDictionary<string, string>? pairs = source.ConfigMapRef is { } map ? manifests.Find<V1ConfigMap>(map.Name)?.Data : manifests.Find<V1Secret>(source.SecretRef.Name)?.StringData;
            foreach ((string key, string value) in pairs ?? new Dictionary<string, string>())
                seen[key] = value;
        }
        foreach (V1EnvVar variable in container.Env ?? [])
            seen[variable.Name] = variable.Value ?? (variable.ValueFrom?.FieldRef is { } field ? Fields[field.FieldPath] : "");
        return seen;
    }
}
