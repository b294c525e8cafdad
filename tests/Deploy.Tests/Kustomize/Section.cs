using System.Text.Json.Nodes;

namespace CatGan.Deploy.Tests.Kustomize;

/// <summary>A mapping of a kustomization that knows where it stands.</summary>
internal sealed record Section(string Where, JsonObject Node)
{
    /// <summary>Refuses every other key.</summary>
    public void Allow(params string[] keys)
    {
        foreach ((string key, JsonNode? _) in Node)
        {
            if (!keys.Contains(key))
                throw new InvalidDataException($"{Where}: the key '{key}' is not among those that the renderer follows: {string.Join(", ", keys)}.");
        }
    }

    public JsonNode? Value(string key) => Node[key];

    public string? Text(string key) => Node[key]?.GetValue<string>();

    public IReadOnlyList<string> Texts(string key) => [.. (Node[key]?.AsArray() ?? []).Select(n => n!.GetValue<string>())];

    public IEnumerable<Section> Sections(string key) =>
        (Node[key]?.AsArray() ?? []).Select((n, i) => new Section($"{Where}: {key}[{i}]", n!.AsObject()));
}
