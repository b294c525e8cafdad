using k8s.Models;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>Every pod is bound in both directions; only silos and the coordinator reach a silo, and Prometheus its health port.</summary>
internal static class NetworkRule
{
    private static readonly string[] Friends = ["silo", "coordinator"];

    public static IEnumerable<string> Check(Manifests manifests) => Unbound(manifests).Concat(Strangers(manifests)).Concat(manifests.All<V1NetworkPolicy>()
        .Where(p => p.Spec.PolicyTypes is not { Count: > 0 }).Select(p => $"NetworkPolicy {p.Metadata.Name} does not say its policyTypes"));

    private static IEnumerable<string> Unbound(Manifests manifests) =>
        from workload in manifests.Workloads
        from direction in (string[])[Reach.Ingress, Reach.Egress]
        where Reach.Binding(manifests, workload, direction).Count == 0
        select $"no policy binds {workload.Name} for {direction}";

    private static IEnumerable<string> Strangers(Manifests manifests)
    {
        if (manifests.Workloads.FirstOrDefault(w => w.Name == "silo") is not { } silo)
            yield break;
        foreach (V1ContainerPort port in silo.Containers.SelectMany(c => c.Ports ?? []))
        {
            if (Reach.Comes(manifests, null, silo, port.ContainerPort))
                yield return $"the silo's port {port.Name} is reached from outside the namespace";
            foreach (Workload other in manifests.Workloads.Where(w => !IsFriend(w.Name, port.Name) && Reach.Comes(manifests, w, silo, port.ContainerPort)))
                yield return $"the silo's port {port.Name} is reached by {other.Name}";
        }
    }

    private static bool IsFriend(string workload, string port) => Friends.Contains(workload) || (workload == "prometheus" && port == "health");
}
