using System.Text.Json.Nodes;
using CatGan.Deploy.Tests.Kustomize;
using k8s;
using k8s.Models;

namespace CatGan.Deploy.Tests;

/// <summary>The typed objects of an overlay.</summary>
internal sealed class Manifests(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects)
{
    public static IReadOnlyList<string> Overlays { get; } = [.. Directory.GetDirectories(Repository.File("deploy/k8s/overlays")).Select(d => Path.GetFileName(d)).Order()];

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; } = objects;

    public IReadOnlyList<Workload> Workloads { get; } =
        [.. objects.OfType<V1Deployment>().Select(d => new Workload(d.Metadata.Name, d.Spec.Selector, d.Spec.Template))];

    public static IReadOnlyList<JsonObject> Render(string overlay) => Renderer.Render(Repository.File($"deploy/k8s/overlays/{overlay}"));

    public static Manifests Read(IEnumerable<JsonObject> items) => new([.. items.Select(StrictReader.Read)]);

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    public T? Find<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> => All<T>().FirstOrDefault(o => o.Metadata.Name == name);

    /// <summary>The workloads whose pods a selector matches.</summary>
    public IEnumerable<Workload> Selected(V1LabelSelector selector) => Workloads.Where(w => Labels.Match(selector, w.Labels));
}

/// <summary>What makes pods.</summary>
internal sealed record Workload(string Name, V1LabelSelector Selector, V1PodTemplateSpec Template)
{
    public IDictionary<string, string> Labels => Template.Metadata.Labels;

    public V1PodSpec Pod => Template.Spec;

    public IEnumerable<V1Container> Containers => (Pod.InitContainers ?? []).Concat(Pod.Containers);

    /// <summary>Whether one of its containers opens the port, given by number or name.</summary>
    public bool Opens(IntOrString port) => Containers.Any(c => Opens(c, port));

    public static bool Opens(V1Container container, IntOrString port) =>
        (container.Ports ?? []).Any(p => p.Name == port.Value || $"{p.ContainerPort}" == port.Value);
}
