using k8s;
using k8s.Models;

namespace CatGan.Deploy.Tests.Rules;

/// <summary>One namespace, which is among the objects; every object once; names that Kubernetes takes.</summary>
internal static class IdentityRule
{
    private const int LongestName = 63;

    public static IEnumerable<string> Check(Manifests manifests)
    {
        string[] spaces = [.. manifests.Objects.Where(o => o is not V1Namespace).Select(o => o.Metadata.NamespaceProperty ?? "").Distinct()];
        if (spaces.Length != 1 || manifests.Find<V1Namespace>(spaces[0]) is null)
            yield return $"objects lie in the namespaces '{string.Join("', '", spaces)}', but all must lie in one that is made here";
        foreach (var same in manifests.Objects.GroupBy(o => $"{o.Kind} {o.Metadata.Name}").Where(g => g.Count() > 1))
            yield return $"{same.Key} is there {same.Count()} times";
        foreach (IKubernetesObject<V1ObjectMeta> item in manifests.Objects.Where(o => !IsLabel(o.Metadata.Name)))
            yield return $"{item.Kind} {item.Metadata.Name} is no name of at most {LongestName} small letters, digits and hyphens";
    }

    private static bool IsLabel(string name) => name.Length is > 0 and <= LongestName
        && name.All(c => c is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9')) && name[0] != '-' && name[^1] != '-';
}
