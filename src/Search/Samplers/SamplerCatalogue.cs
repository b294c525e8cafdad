namespace CatGan.Search.Samplers;

/// <summary>All samplers. A new one is a file beside this one and a line here.</summary>
internal static class SamplerCatalogue
{
    public static IReadOnlyList<ISampler> All { get; } =
    [
        new GridSampler(),
        new RandomSampler(),
        new SobolSampler(),
        new TpeSampler(),
    ];

    /// <summary>The sampler of this name; null when there is none.</summary>
    public static ISampler? Find(string name) => All.FirstOrDefault(s => s.Name == name);
}
