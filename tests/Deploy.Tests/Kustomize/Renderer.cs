using System.Text.Json.Nodes;

namespace CatGan.Deploy.Tests.Kustomize;

/// <summary>
/// Renders a folder as <c>kubectl kustomize</c> does, for as much of it as deploy/k8s uses. No package of Debian brings a
/// kustomize of this decade, and the tests install nothing from elsewhere; what the real one made of the files under
/// Conformance is kept beside them, and compared.
/// </summary>
internal static class Renderer
{
    /// <summary>All objects of a folder, names of generated ConfigMaps with their hash.</summary>
    public static IReadOnlyList<JsonObject> Render(string folder)
    {
        List<GeneratedConfigMap> generated = [];
        List<JsonObject> items = Gather(Path.GetFullPath(folder), generated);
        foreach (GeneratedConfigMap map in generated)
            map.Rename(items);
        return items;
    }

    private static List<JsonObject> Gather(string folder, List<GeneratedConfigMap> generated)
    {
        Kustomization kustomization = Kustomization.Read(folder);
        List<JsonObject> items = [.. kustomization.Resources.SelectMany(r => Load(Path.Combine(folder, r), generated))];
        foreach (ConfigMapGenerator generator in kustomization.ConfigMaps)
            GeneratedConfigMap.Add(generator, items, generated);
        RefuseDoubles(items, folder);
        foreach (Patch patch in kustomization.Patches)
            patch.Apply(items);
        foreach (JsonObject item in items)
            Transform(item, kustomization);
        return items;
    }

    private static List<JsonObject> Load(string path, List<GeneratedConfigMap> generated)
    {
        if (Directory.Exists(path))
            return Gather(Path.GetFullPath(path), generated);
        return [.. YamlText.ReadAll(File.ReadAllText(path)).Select(n => n.AsObject())];
    }

    private static void RefuseDoubles(List<JsonObject> items, string folder)
    {
        foreach (IGrouping<(string, string), JsonObject> same in items.GroupBy(i => (Shapes.Kind(i), Shapes.Name(i))).Where(g => g.Count() > 1))
            throw new InvalidDataException($"{folder}: {same.Key.Item1} {same.Key.Item2} is there {same.Count()} times.");
    }

    private static void Transform(JsonObject item, Kustomization kustomization)
    {
        if (kustomization.Namespace is { } space)
            item["metadata"]![Shapes.IsNamespaced(item) ? "namespace" : "name"] = space;
        foreach (LabelSet labels in kustomization.Labels)
        {
            Label(item, labels.Pairs);
            if (labels.Templates && Shapes.Template(item) is { } template)
                Label(template, labels.Pairs);
        }
        foreach (ImageOverride image in kustomization.Images)
            image.Apply(item);
    }

    private static void Label(JsonObject holder, JsonObject pairs)
    {
        if (holder["metadata"] is not JsonObject metadata)
            holder["metadata"] = metadata = [];
        if (metadata["labels"] is not JsonObject labels)
            metadata["labels"] = labels = [];
        foreach ((string key, JsonNode? value) in pairs)
            labels[key] = value!.DeepClone();
    }
}
