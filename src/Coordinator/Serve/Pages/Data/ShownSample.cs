using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Api;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>A sample grid as a slider shows it.</summary>
/// <param name="Images">Images shown when it was drawn.</param>
/// <param name="Url">Where it is fetched.</param>
internal sealed record ShownSample(long Images, string Url)
{
    /// <summary>The grids of an experiment, one for each count of images, in their order.</summary>
    public static ShownSample[] All(string sweep, ExperimentRecord experiment) =>
    [
        .. experiment.Samples.GroupBy(s => s.Images).Select(g => g.MaxBy(s => s.Epoch)!).OrderBy(s => s.Images)
            .Select(s => new ShownSample(s.Images, SamplesApi.Url(sweep, experiment.Number, s))),
    ];
}
