using System.Text.Json.Nodes;

namespace CatGan.Deploy.Tests.Kustomize;

/// <summary>
/// A kustomization.yaml, read strictly: a key that <see cref="Renderer"/> does not know how to follow is refused, so that
/// nobody can rely on what only the real tool does.
/// </summary>
internal sealed record Kustomization(
    string? Namespace,
    IReadOnlyList<string> Resources,
    IReadOnlyList<LabelSet> Labels,
    IReadOnlyList<ImageOverride> Images,
    IReadOnlyList<ConfigMapGenerator> ConfigMaps,
    IReadOnlyList<Patch> Patches)
{
    public const string FileName = "kustomization.yaml";

    public static Kustomization Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        JsonObject root = YamlText.ReadAll(File.ReadAllText(path)).Single().AsObject();
        Section section = new(path, root);
        section.Allow("apiVersion", "kind", "namespace", "resources", "labels", "images", "configMapGenerator", "patches");
        if (section.Text("apiVersion") != "kustomize.config.k8s.io/v1beta1" || section.Text("kind") != "Kustomization")
            throw new InvalidDataException($"{path} is no Kustomization of kustomize.config.k8s.io/v1beta1.");
        return new Kustomization(
            section.Text("namespace"),
            section.Texts("resources"),
            [.. section.Sections("labels").Select(LabelSet.Read)],
            [.. section.Sections("images").Select(ImageOverride.Read)],
            [.. section.Sections("configMapGenerator").Select(s => ConfigMapGenerator.Read(s, folder))],
            [.. section.Sections("patches").Select(s => Patch.Read(s, folder))]);
    }
}

/// <summary>Labels for every object, and for its pods when asked; never for selectors, which cannot be changed later.</summary>
internal sealed record LabelSet(JsonObject Pairs, bool Templates)
{
    public static LabelSet Read(Section section)
    {
        section.Allow("pairs", "includeTemplates");
        return new LabelSet(section.Value("pairs")!.AsObject(), section.Value("includeTemplates")?.GetValue<bool>() ?? false);
    }
}

/// <summary>Settings and files that become a ConfigMap, or are merged into the one of a base.</summary>
internal sealed record ConfigMapGenerator(string Name, bool Merge, IReadOnlyDictionary<string, string> Literals)
{
    public static ConfigMapGenerator Read(Section section, string folder)
    {
        section.Allow("name", "behavior", "literals", "files");
        if (section.Text("behavior") is not (null or "create" or "merge"))
            throw new InvalidDataException($"{section.Where}: behavior is {section.Text("behavior")}, but must be create or merge.");
        Dictionary<string, string> literals = section.Texts("literals").Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        foreach (string file in section.Texts("files"))
            literals.Add(Path.GetFileName(file), Content(folder, file));
        return new ConfigMapGenerator(section.Text("name")!, section.Text("behavior") == "merge", literals);
    }

    // As kustomize: nothing from outside the folder, however it is named.
    private static string Content(string folder, string file) => Path.GetFullPath(file, folder).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        ? File.ReadAllText(Path.Combine(folder, file))
        : throw new InvalidDataException($"{folder}: the file {file} lies outside of it.");
}
