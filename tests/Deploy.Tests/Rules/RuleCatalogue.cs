namespace CatGan.Deploy.Tests.Rules;

/// <summary>Every rule that an overlay has to keep. A rule returns its faults, one sentence each.</summary>
internal static class RuleCatalogue
{
    public static IReadOnlyDictionary<string, Func<Manifests, IEnumerable<string>>> All { get; } = new Dictionary<string, Func<Manifests, IEnumerable<string>>>
    {
        ["identity"] = IdentityRule.Check,
        ["names"] = NamesRule.Check,
        ["selectors"] = SelectorsRule.Check,
        ["ports"] = PortsRule.Check,
        ["probes"] = ProbesRule.Check,
        ["images"] = ImagesRule.Check,
        ["resources"] = ResourcesRule.Check,
        ["security"] = SecurityRule.Check,
        ["network"] = NetworkRule.Check,
        ["endpoints"] = EndpointsRule.Check,
        ["silo"] = SiloRule.Check,
    };

    public static IReadOnlyList<string> Faults(Manifests manifests) =>
        [.. All.SelectMany(rule => rule.Value(manifests).Select(fault => $"{rule.Key}: {fault}"))];
}
