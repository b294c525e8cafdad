using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CatGan.Deploy.Tests.Kustomize;

/// <summary>A change of some objects: a strategic merge, or the operations of RFC 6902.</summary>
internal sealed record Patch(string Where, JsonNode Content, string? Kind, string? Name)
{
    public static Patch Read(Section section, string folder)
    {
        section.Allow("path", "patch", "target");
        string text = section.Text("patch") ?? File.ReadAllText(Path.Combine(folder, section.Text("path")!));
        JsonNode content = YamlText.ReadAll(text).Single();
        if (section.Value("target") is JsonObject target)
        {
            Section aim = new($"{section.Where}: target", target);
            aim.Allow("kind", "name");
            return new Patch(section.Where, content, aim.Text("kind"), aim.Text("name"));
        }
        if (content is not JsonObject item)
            throw new InvalidDataException($"{section.Where}: operations need a target.");
        return new Patch(section.Where, content, Shapes.Kind(item), Regex.Escape(Shapes.Name(item)));
    }

    public void Apply(IReadOnlyList<JsonObject> items)
    {
        List<JsonObject> aims = [.. items.Where(IsAim)];
        if (aims.Count == 0)
            throw new InvalidDataException($"{Where}: no {Kind} is named {Name}.");
        foreach (JsonObject aim in aims)
        {
            if (Content is JsonArray operations)
                JsonOperations.Apply(aim, operations, Where);
            else
                StrategicMerge.Apply(aim, Content.AsObject(), Where);
        }
    }

    private bool IsAim(JsonObject item) =>
        (Kind is null || Shapes.Kind(item) == Kind) && (Name is null || Regex.IsMatch(Shapes.Name(item), $"^(?:{Name})$"));
}
