using CatGan.Silo;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>
/// The silo is told what it understands: every setting is an option of <see cref="SiloOptions"/> and in its range, its
/// ports are those that are opened, its slots are paid for, it has over 90 s to come up and longer to leave than it takes.
/// </summary>
internal static class SiloRule
{
    private const string Section = "CatGan";

    public static IEnumerable<string> Check(Manifests manifests)
    {
        if (manifests.Workloads.FirstOrDefault(w => w.Name == "silo") is not { } workload || workload.Containers.FirstOrDefault(c => c.Name == "silo") is not { } container)
            return ["there is no silo"];
        try
        {
            SiloOptions options = Options(PodEnvironment.Of(manifests, container));
            return options.Faults().Concat(Membership(options)).Concat(Ports(container, options)).Concat(Connections(container, options)).Concat(Cache(workload, container, options)).Concat(Slots(container, options)).Concat(Times(workload, container));
        }
        catch (InvalidOperationException fault)
        {
            return [fault.Message];
        }
    }

    private static SiloOptions Options(Dictionary<string, string> environment)
    {
        // As the silo itself reads them.
        foreach ((string variable, string option) in ((string, string)[])[("POD_NAME", nameof(SiloOptions.Name)), ("POD_IP", nameof(SiloOptions.Host))])
        {
            if (environment.TryGetValue(variable, out string? told))
                environment.TryAdd($"{Section}__{option}", told);
        }
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(environment.Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), (string?)v.Value)))
            .Build();
        return configuration.GetSection(Section).Get<SiloOptions>(o => o.ErrorOnUnknownConfiguration = true) ?? new SiloOptions();
    }

    private static IEnumerable<string> Ports(V1Container container, SiloOptions options)
    {
        foreach ((string name, int? told) in ((string, int?)[])[("silo", options.SiloPort), ("gateway", options.GatewayPort), ("health", options.HealthPort)])
        {
            if ((container.Ports ?? []).FirstOrDefault(p => p.Name == name)?.ContainerPort is var opened && opened != told)
                yield return $"its port {name} is {opened}, but it is told {told}";
        }
    }

    private static IEnumerable<string> Membership(SiloOptions options)
    {
        if (options.Host != "10.244.1.7")
            yield return $"others are told to reach it at {options.Host ?? "nowhere"}, but must be told its pod's address: set POD_IP";
        if (options.Name is null)
            yield return "it is not told its name: set POD_NAME";
    }

    private static IEnumerable<string> Connections(V1Container container, SiloOptions options)
    {
        if (options.Tls(out _) is not { } files || options.Insecure)
        {
            yield return "its connections are in the clear: give it certificates";
            yield break;
        }
        string[] mounts = [.. (container.VolumeMounts ?? []).Select(m => m.MountPath)];
        foreach (string file in new[] { files.Certificate, files.Key, files.Ca }.OfType<string>().Where(f => !mounts.Contains(Path.GetDirectoryName(f))))
            yield return $"its file {file} is in no volume";
    }

    private static IEnumerable<string> Cache(Workload workload, V1Container container, SiloOptions options)
    {
        string? volume = (container.VolumeMounts ?? []).FirstOrDefault(m => m.MountPath == options.Cache)?.Name;
        ResourceQuantity? room = (workload.Pod.Volumes ?? []).FirstOrDefault(v => v.Name == volume)?.EmptyDir?.SizeLimit;
        if (room is null)
            yield return $"its cache is {options.Cache ?? "not said"}, which is no scratch volume with a sizeLimit";
        else if (options.CacheSize * 1e9 > (double)room.ToDecimal())
            yield return $"its cache may take {options.CacheSize} GB of a volume of {room}: it would be evicted";
    }

    private static IEnumerable<string> Slots(V1Container container, SiloOptions options)
    {
        decimal cores = container.Resources?.Requests is { } requests && requests.TryGetValue("cpu", out ResourceQuantity? cpu) ? cpu.ToDecimal() : 0;
        bool onGpu = container.Resources?.Limits?.ContainsKey("nvidia.com/gpu") == true;
        if (options.Slots is null)
            yield return "its slots are not said: without a CPU limit it would take one for each core of the node";
        if (!onGpu && options.Slots is { } slots && slots > Math.Max(1, cores))
            yield return $"it has {slots} slots on {cores} requested cores";
        if (onGpu != (options.Device == "cuda"))
            yield return $"its device is {options.Device ?? "not said"}, {(onGpu ? "with" : "without")} a GPU";
    }

    private static IEnumerable<string> Times(Workload workload, V1Container container)
    {
        if (container.StartupProbe is { } startup && (startup.PeriodSeconds ?? 10) * (startup.FailureThreshold ?? 3) <= 90)
            yield return "it has 90 s or less to come up: a cluster that was killed as a whole takes longer to join";
        if ((workload.Pod.TerminationGracePeriodSeconds ?? 30) <= SiloHost.EndWithin.TotalSeconds)
            yield return $"it has no more than the {SiloHost.EndWithin.TotalSeconds} s to leave that it may take";
    }
}
