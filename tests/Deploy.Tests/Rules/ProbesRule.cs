using CatGan.Silo.Health;
using k8s.Models;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>What serves is probed in all three ways, at a port that it opens and a path that it answers; what serves nothing is not.</summary>
internal static class ProbesRule
{
    public static IEnumerable<string> Check(Manifests manifests) => manifests.Workloads.SelectMany(w => w.Containers.SelectMany(c =>
        Probes(c).SelectMany(p => Check(c, p.Kind, p.Probe)).Select(fault => $"{w.Name}/{c.Name}: {fault}")));

    private static IEnumerable<(string Kind, V1Probe? Probe)> Probes(V1Container container) =>
        [("startup", container.StartupProbe), ("readiness", container.ReadinessProbe), ("liveness", container.LivenessProbe)];

    private static IEnumerable<string> Check(V1Container container, string kind, V1Probe? probe)
    {
        bool serves = container.Ports is { Count: > 0 };
        if (probe is null)
        {
            if (serves)
                yield return $"there is no {kind} probe";
            yield break;
        }
        if (!serves && probe.Exec is null)
            yield return $"the {kind} probe asks a container that opens no port";
        else if ((probe.HttpGet?.Port ?? probe.TcpSocket?.Port) is { } port && !Workload.Opens(container, port))
            yield return $"the {kind} probe asks the port {port.Value}, which the container does not open";
        if (new object?[] { probe.HttpGet, probe.TcpSocket, probe.Exec, probe.Grpc }.Count(p => p is not null) != 1)
            yield return $"the {kind} probe must ask in exactly one way";
        if (probe.Exec is { } exec && exec.Command is not { Count: > 0 })
            yield return $"the {kind} probe runs no command";
        if (probe.HttpGet is { } get && !IsServed(container, kind, get.Path))
            yield return $"the {kind} probe asks {get.Path}, which does not answer it";
    }

    /// <summary>Only the silo serves HTTP, and each of its paths is for one kind of probe.</summary>
    private static bool IsServed(V1Container container, string kind, string path) => container.Name == "silo" && path == kind switch
    {
        "startup" => HealthState.Started,
        "readiness" => HealthState.Ready,
        _ => HealthState.Live,
    };
}
