using System.Text.Json.Nodes;

namespace CatGan.Deploy.Tests.Kustomize;

/// <summary>Another name or tag for an image.</summary>
internal sealed record ImageOverride(string Name, string? NewName, string? NewTag)
{
    public static ImageOverride Read(Section section)
    {
        section.Allow("name", "newName", "newTag");
        return new ImageOverride(section.Text("name")!, section.Text("newName"), section.Text("newTag"));
    }

    public void Apply(JsonObject item)
    {
        JsonObject? pod = Shapes.PodSpec(item);
        foreach (JsonNode? container in Shapes.Containers(pod))
        {
            (string name, string? tag) = Split(container!["image"]!.GetValue<string>());
            if (name == Name)
                container["image"] = string.Join(':', new[] { NewName ?? name, NewTag ?? tag }.Where(p => p is not null));
        }
    }

    /// <summary>Name and tag; a colon before the last slash belongs to a registry's port.</summary>
    public static (string Name, string? Tag) Split(string image)
    {
        int colon = image.LastIndexOf(':');
        return colon > image.LastIndexOf('/') ? (image[..colon], image[(colon + 1)..]) : (image, null);
    }
}
