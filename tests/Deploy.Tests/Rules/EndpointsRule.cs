using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>
/// Every address within the cluster that a setting names is one of a Service with that port, which the pod may reach;
/// and silos and coordinator reach silos.
/// </summary>
internal static partial class EndpointsRule
{
    public static IEnumerable<string> Check(Manifests manifests) => manifests.Workloads
        .SelectMany(w => w.Containers.SelectMany(c => PodEnvironment.Of(manifests, c)).SelectMany(v => Addresses(v.Value)
            .Select(a => Check(manifests, w, a.Host, a.Port) is { } fault ? $"{w.Name}: {v.Key} names {a.Host}:{a.Port}, {fault}" : null)))
        .OfType<string>()
        .Concat(Silos(manifests));

    // A host without a dot is a Service of the same namespace.
    [GeneratedRegex(@"://(?:[^@/\s]*@)?(?<host>[a-z0-9-]+):(?<port>\d+)")]
    private static partial Regex InCluster();

    private static IEnumerable<(string Host, int Port)> Addresses(string value) =>
        InCluster().Matches(value).Select(m => (m.Groups["host"].Value, int.Parse(m.Groups["port"].Value, CultureInfo.InvariantCulture)));

    private static string? Check(Manifests manifests, Workload from, string host, int port)
    {
        if (manifests.Find<V1Service>(host) is not { } service)
            return "but there is no such Service";
        if (service.Spec.Ports.FirstOrDefault(p => p.Port == port) is not { } offered)
            return "but the Service does not offer that port";
        Workload[] behind = [.. manifests.Workloads.Where(w => Labels.Match(service.Spec.Selector, w.Labels))];
        return behind.All(to => Reach.Allows(manifests, from, to, Number(to, offered))) ? null : "but the network policies do not let it through";
    }

    private static int Number(Workload to, V1ServicePort offered) => to.Containers.SelectMany(c => c.Ports ?? [])
        .FirstOrDefault(p => p.Name == offered.TargetPort?.Value || $"{p.ContainerPort}" == (offered.TargetPort?.Value ?? $"{offered.Port}"))?.ContainerPort ?? offered.Port;

    private static IEnumerable<string> Silos(Manifests manifests)
    {
        foreach ((string from, string port) in ((string, string)[])[("silo", "silo"), ("coordinator", "gateway")])
        {
            Workload? caller = manifests.Workloads.FirstOrDefault(w => w.Name == from);
            Workload? silo = manifests.Workloads.FirstOrDefault(w => w.Name == "silo");
            V1ContainerPort? opened = silo?.Containers.SelectMany(c => c.Ports ?? []).FirstOrDefault(p => p.Name == port);
            if (caller is null || silo is null || opened is null || !Reach.Allows(manifests, caller, silo, opened.ContainerPort))
                yield return $"{from} does not reach the port {port} of a silo";
        }
    }
}
