using k8s.Models;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>Requests are set, memory is bounded, the CPU is not; every scratch volume has a bound that the pod's disk covers.</summary>
internal static class ResourcesRule
{
    private const string Disk = "ephemeral-storage";

    public static IEnumerable<string> Check(Manifests manifests) => manifests.Workloads.SelectMany(w =>
        w.Containers.SelectMany(c => Check(c).Select(fault => $"{w.Name}/{c.Name}: {fault}")).Concat(Volumes(w).Select(fault => $"{w.Name}: {fault}")));

    private static IEnumerable<string> Check(V1Container container)
    {
        IDictionary<string, ResourceQuantity> requests = container.Resources?.Requests ?? new Dictionary<string, ResourceQuantity>();
        IDictionary<string, ResourceQuantity> limits = container.Resources?.Limits ?? new Dictionary<string, ResourceQuantity>();
        foreach (string name in (string[])["cpu", "memory"])
        {
            if (!requests.ContainsKey(name))
                yield return $"no {name} is requested";
        }
        if (limits.ContainsKey("cpu"))
            yield return "the CPU is limited: throttled threads miss heartbeats";
        if (!limits.ContainsKey("memory"))
            yield return "memory is not limited";
        foreach ((string name, ResourceQuantity limit) in limits)
        {
            if (requests.TryGetValue(name, out ResourceQuantity? request) && request.ToDecimal() > limit.ToDecimal())
                yield return $"{request} of {name} is requested, which is more than its limit of {limit}";
        }
    }

    private static IEnumerable<string> Volumes(Workload workload)
    {
        V1Volume[] scratch = [.. (workload.Pod.Volumes ?? []).Where(v => v.EmptyDir is not null)];
        foreach (V1Volume volume in scratch.Where(v => v.EmptyDir.SizeLimit is null))
            yield return $"the volume {volume.Name} may fill the node's disk: give it a sizeLimit";
        decimal needed = scratch.Where(v => v.EmptyDir.Medium is null).Sum(v => v.EmptyDir.SizeLimit?.ToDecimal() ?? 0);
        decimal[] limits = [.. workload.Containers.Select(c => c.Resources?.Limits is { } l && l.TryGetValue(Disk, out ResourceQuantity? q) ? q.ToDecimal() : decimal.MaxValue)];
        if (limits.Length > 0 && limits.Max() < needed)
            yield return $"its scratch volumes may hold {needed} bytes, more than its {Disk} limit of {limits.Max()}: it would be evicted";
    }
}
