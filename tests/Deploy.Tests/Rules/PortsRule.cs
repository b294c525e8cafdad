using k8s.Models;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>Every port that is named is opened by the container that is meant.</summary>
internal static class PortsRule
{
    public static IEnumerable<string> Check(Manifests manifests) => Services(manifests).Concat(Policies(manifests)).Concat(Doubles(manifests));

    private static IEnumerable<string> Services(Manifests manifests)
    {
        foreach (V1Service service in manifests.All<V1Service>())
        {
            foreach (Workload workload in manifests.Workloads.Where(w => Labels.Match(service.Spec.Selector, w.Labels)))
            {
                foreach (IntOrString port in service.Spec.Ports.Select(p => p.TargetPort ?? p.Port).Where(p => !workload.Opens(p)))
                    yield return $"Service {service.Metadata.Name} leads to the port {port.Value}, which no container of {workload.Name} opens";
            }
        }
    }

    private static IEnumerable<string> Policies(Manifests manifests)
    {
        foreach (V1NetworkPolicy policy in manifests.All<V1NetworkPolicy>())
        {
            IEnumerable<(Workload To, IntOrString Port)> inward = (policy.Spec.Ingress ?? []).SelectMany(i => i.Ports ?? [])
                .SelectMany(p => manifests.Selected(policy.Spec.PodSelector), (p, to) => (to, p.Port));
            IEnumerable<(Workload To, IntOrString Port)> outward = (policy.Spec.Egress ?? [])
                .SelectMany(e => (e.To ?? []).Where(p => p.PodSelector is not null && p.NamespaceSelector is null)
                    .SelectMany(p => manifests.Selected(p.PodSelector))
                    .SelectMany(to => e.Ports ?? [], (to, p) => (to, p.Port)));
            foreach ((Workload to, IntOrString port) in inward.Concat(outward).Where(p => !p.To.Opens(p.Port)))
                yield return $"NetworkPolicy {policy.Metadata.Name} names the port {port.Value}, which no container of {to.Name} opens";
        }
    }

    private static IEnumerable<string> Doubles(Manifests manifests) => manifests.Workloads
        .SelectMany(w => w.Containers.SelectMany(c => c.Ports ?? []).GroupBy(p => p.ContainerPort).Where(g => g.Count() > 1)
            .Select(g => $"{w.Name} opens the port {g.Key} {g.Count()} times"));
}
