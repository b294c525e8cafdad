using k8s.Models;

namespace CatGan.Deploy.Tests;

/// <summary>Who reaches whom under the network policies.</summary>
internal static class Reach
{
    public const string Ingress = "Ingress";
    public const string Egress = "Egress";

    /// <summary>The policies that bind a workload in a direction. Where there are none, everything goes.</summary>
    public static IReadOnlyList<V1NetworkPolicy> Binding(Manifests manifests, Workload workload, string direction) =>
        [.. manifests.All<V1NetworkPolicy>().Where(p => (p.Spec.PolicyTypes ?? []).Contains(direction) && Labels.Match(p.Spec.PodSelector, workload.Labels))];

    /// <summary>Whether pods of one workload may open a connection to a port of another's.</summary>
    public static bool Allows(Manifests manifests, Workload from, Workload to, int port) =>
        Comes(manifests, from, to, port) && Leaves(manifests, from, to, port);

    /// <summary>Whether the receiving side takes it; from anywhere outside the namespace when <paramref name="from"/> is null.</summary>
    public static bool Comes(Manifests manifests, Workload? from, Workload to, int port)
    {
        IReadOnlyList<V1NetworkPolicy> binding = Binding(manifests, to, Ingress);
        return binding.Count == 0
            || binding.SelectMany(p => p.Spec.Ingress ?? []).Any(rule => Ports(rule.Ports, to, port) && Peers(rule.FromProperty, from));
    }

    private static bool Leaves(Manifests manifests, Workload from, Workload to, int port)
    {
        IReadOnlyList<V1NetworkPolicy> binding = Binding(manifests, from, Egress);
        return binding.Count == 0
            || binding.SelectMany(p => p.Spec.Egress ?? []).Any(rule => Ports(rule.Ports, to, port) && Peers(rule.To, to));
    }

    private static bool Ports(IList<V1NetworkPolicyPort>? ports, Workload to, int port) => ports is not { Count: > 0 }
        || ports.Any(p => p.Port is null || p.Port.Value == $"{port}"
            || to.Containers.SelectMany(c => c.Ports ?? []).Any(o => o.Name == p.Port.Value && o.ContainerPort == port));

    private static bool Peers(IList<V1NetworkPolicyPeer>? peers, Workload? other) => peers is not { Count: > 0 } || peers.Any(p => IsPeer(p, other));

    // A selector of namespaces or a block of addresses may be anybody.
    private static bool IsPeer(V1NetworkPolicyPeer peer, Workload? other) => peer is { NamespaceSelector: not null } or { IpBlock: not null }
        ? other is null
        : other is not null && Labels.Match(peer.PodSelector, other.Labels);
}
