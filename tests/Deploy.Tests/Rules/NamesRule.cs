using k8s.Models;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>Everything that is named is there: configuration, secrets, disks, service accounts, volumes.</summary>
internal static class NamesRule
{
    /// <summary>Secrets that a person makes; deploy/README.md says how.</summary>
    public static IReadOnlyList<string> MadeByHand { get; } = ["silo-tls", "client-tls", "grafana-admin"];

    public static IEnumerable<string> Check(Manifests manifests) => manifests.Workloads.SelectMany(w =>
        Accounts(manifests, w).Concat(References(w).Where(r => !IsThere(manifests, r)).Select(r => $"{r.Kind} {r.Name}{(r.Key is null ? "" : $" with {r.Key}")} does not exist"))
            .Concat(Volumes(w))
            .Select(fault => $"{w.Name}: {fault}"));

    private static IEnumerable<string> Accounts(Manifests manifests, Workload workload)
    {
        if (workload.Pod.ServiceAccountName is { } name && manifests.Find<V1ServiceAccount>(name) is null)
            yield return $"ServiceAccount {name} does not exist";
    }

    private static IEnumerable<(string Kind, string Name, string? Key)> References(Workload workload) =>
        workload.Containers.SelectMany(OfContainer).Concat((workload.Pod.Volumes ?? []).SelectMany(OfVolume));

    private static IEnumerable<(string, string, string?)> OfContainer(V1Container container)
    {
        foreach (V1EnvFromSource source in container.EnvFrom ?? [])
        {
            if (source.ConfigMapRef is { } map)
                yield return ("ConfigMap", map.Name, null);
            if (source.SecretRef is { } secret)
                yield return ("Secret", secret.Name, null);
        }
        foreach (V1EnvVarSource source in (container.Env ?? []).Select(e => e.ValueFrom).OfType<V1EnvVarSource>())
        {
            if (source.ConfigMapKeyRef is { } map)
                yield return ("ConfigMap", map.Name, map.Key);
            if (source.SecretKeyRef is { } secret)
                yield return ("Secret", secret.Name, secret.Key);
        }
    }

    private static IEnumerable<(string, string, string?)> OfVolume(V1Volume volume)
    {
        if (volume.ConfigMap is { } map)
            yield return ("ConfigMap", map.Name, null);
        if (volume.Secret is { } secret)
            yield return ("Secret", secret.SecretName, null);
        if (volume.PersistentVolumeClaim is { } claim)
            yield return ("PersistentVolumeClaim", claim.ClaimName, null);
        foreach (V1VolumeProjection source in volume.Projected?.Sources ?? [])
        {
            if (source.ConfigMap is { } projectedMap)
                yield return ("ConfigMap", projectedMap.Name, null);
            if (source.Secret is { } projectedSecret)
                yield return ("Secret", projectedSecret.Name, null);
        }
    }

    private static bool IsThere(Manifests manifests, (string Kind, string Name, string? Key) reference) => reference.Kind switch
    {
        "ConfigMap" => manifests.Find<V1ConfigMap>(reference.Name) is { } map && (reference.Key is null || map.Data.ContainsKey(reference.Key)),
        "Secret" => MadeByHand.Contains(reference.Name)
            || (manifests.Find<V1Secret>(reference.Name) is { } secret && (reference.Key is null || secret.StringData.ContainsKey(reference.Key))),
        _ => manifests.Find<V1PersistentVolumeClaim>(reference.Name) is not null,
    };

    private static IEnumerable<string> Volumes(Workload workload)
    {
        string[] there = [.. (workload.Pod.Volumes ?? []).Select(v => v.Name)];
        string[] mounted = [.. workload.Containers.SelectMany(c => c.VolumeMounts ?? []).Select(m => m.Name)];
        foreach (string name in mounted.Except(there))
            yield return $"the volume {name} is mounted, but does not exist";
        foreach (string name in there.Except(mounted))
            yield return $"the volume {name} is mounted nowhere";
    }
}
