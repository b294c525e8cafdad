using System.Xml.Linq;
using CatGan.Deploy.Tests.Kustomize;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>Every image has a tag that stays what it is; those of CatGan have the version of this source.</summary>
internal static class ImagesRule
{
    private static readonly string Version =
        XDocument.Load(Repository.File("Directory.Build.props")).Descendants("VersionPrefix").Single().Value;

    public static IEnumerable<string> Check(Manifests manifests) => manifests.Workloads
        .SelectMany(w => w.Containers, (w, c) => Check(c.Image ?? "") is { } fault ? $"{w.Name}/{c.Name}: the image '{c.Image}' {fault}" : null)
        .OfType<string>();

    private static string? Check(string image)
    {
        (string name, string? tag) = ImageOverride.Split(image);
        if (tag is null or "latest")
            return "has no tag that stays what it is";
        bool ours = name[(name.LastIndexOf('/') + 1)..].StartsWith("catgan-", StringComparison.Ordinal);
        return ours && tag != Version && !tag.StartsWith(Version + "-", StringComparison.Ordinal) ? $"is not of version {Version}" : null;
    }
}
