using k8s.Models;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>What the restricted standard asks for and a little more: no root, nothing writable but volumes, no rights, no token.</summary>
internal static class SecurityRule
{
    public static IEnumerable<string> Check(Manifests manifests) => manifests.Workloads
        .SelectMany(w => Pod(w).Concat(w.Containers.SelectMany(c => Container(c, w.Pod).Select(f => $"{c.Name}: {f}"))).Select(f => $"{w.Name}: {f}"))
        .Concat(manifests.All<V1ServiceAccount>().Where(a => a.AutomountServiceAccountToken != false)
            .Select(a => $"ServiceAccount {a.Metadata.Name} mounts its token"));

    private static IEnumerable<string> Pod(Workload workload)
    {
        V1PodSpec pod = workload.Pod;
        if (pod.AutomountServiceAccountToken != false)
            yield return "it mounts a token of the Kubernetes API";
        if (pod.EnableServiceLinks != false)
            yield return "variables of service links would stand among its settings: say enableServiceLinks: false";
        if (pod.HostNetwork == true || pod.HostPID == true || pod.HostIPC == true || (pod.Volumes ?? []).Any(v => v.HostPath is not null))
            yield return "it reaches into its node";
        if (pod.SecurityContext?.SeccompProfile?.Type != "RuntimeDefault")
            yield return "its seccomp profile is not RuntimeDefault";
    }

    private static IEnumerable<string> Container(V1Container container, V1PodSpec pod)
    {
        V1SecurityContext own = container.SecurityContext ?? new V1SecurityContext();
        if ((own.RunAsNonRoot ?? pod.SecurityContext?.RunAsNonRoot) != true || (own.RunAsUser ?? pod.SecurityContext?.RunAsUser ?? 0) == 0)
            yield return "it may run as root: say runAsNonRoot: true and a runAsUser";
        if (own.ReadOnlyRootFilesystem != true)
            yield return "its root file system is writable";
        if (own.AllowPrivilegeEscalation != false || own.Privileged == true)
            yield return "it may gain privileges";
        if (own.Capabilities?.Drop?.Contains("ALL") != true || own.Capabilities.Add is { Count: > 0 })
            yield return "it keeps capabilities: drop ALL";
    }
}
