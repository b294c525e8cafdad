using k8s.Models;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>Every selector finds pods, and a workload's finds its own and no other's.</summary>
internal static class SelectorsRule
{
    public static IEnumerable<string> Check(Manifests manifests) =>
        Workloads(manifests).Concat(Services(manifests)).Concat(Budgets(manifests)).Concat(Policies(manifests)).Concat(Spreads(manifests));

    private static IEnumerable<string> Workloads(Manifests manifests)
    {
        foreach (Workload workload in manifests.Workloads)
        {
            string[] found = [.. manifests.Selected(workload.Selector).Select(w => w.Name)];
            if (found is not [{ } only] || only != workload.Name)
                yield return $"{workload.Name} selects the pods of [{string.Join(", ", found)}], but must select its own";
        }
    }

    private static IEnumerable<string> Services(Manifests manifests) => manifests.All<V1Service>()
        .Where(s => s.Spec.Selector is not { Count: > 0 } || !manifests.Workloads.Any(w => Labels.Match(s.Spec.Selector, w.Labels)))
        .Select(s => $"Service {s.Metadata.Name} selects no pod");

    private static IEnumerable<string> Budgets(Manifests manifests) => manifests.All<V1PodDisruptionBudget>()
        .Where(b => !manifests.Selected(b.Spec.Selector).Any())
        .Select(b => $"PodDisruptionBudget {b.Metadata.Name} selects no pod");

    private static IEnumerable<string> Policies(Manifests manifests)
    {
        foreach (V1NetworkPolicy policy in manifests.All<V1NetworkPolicy>())
        {
            IEnumerable<V1NetworkPolicyPeer> peers = (policy.Spec.Ingress ?? []).SelectMany(i => i.FromProperty ?? [])
                .Concat((policy.Spec.Egress ?? []).SelectMany(e => e.To ?? []));
            foreach (V1LabelSelector selector in peers.Where(p => p.NamespaceSelector is null).Select(p => p.PodSelector).OfType<V1LabelSelector>().Append(policy.Spec.PodSelector))
            {
                if (!manifests.Selected(selector).Any())
                    yield return $"NetworkPolicy {policy.Metadata.Name} selects no pod where it says {Words(selector)}";
            }
        }
    }

    private static IEnumerable<string> Spreads(Manifests manifests) => manifests.Workloads
        .SelectMany(w => w.Pod.TopologySpreadConstraints ?? [], (w, spread) => (Workload: w, spread.LabelSelector))
        .Where(s => !Labels.Match(s.LabelSelector, s.Workload.Labels))
        .Select(s => $"{s.Workload.Name} spreads pods other than its own");

    private static string Words(V1LabelSelector selector) => string.Join(", ", (selector.MatchLabels ?? new Dictionary<string, string>())
        .Select(p => $"{p.Key}={p.Value}")
        .Concat((selector.MatchExpressions ?? []).Select(e => $"{e.Key} {e.OperatorProperty} {string.Join('|', e.Values ?? [])}")));
}
