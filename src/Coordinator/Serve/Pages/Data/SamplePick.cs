using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Api;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>A sample grid to show of an experiment.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Images">Images shown when it was drawn.</param>
/// <param name="Url">Where it is fetched.</param>
internal sealed record SamplePick(ExperimentRecord Experiment, long Images, string Url)
{
    /// <summary>The grid nearest to where the experiment scored best, else its last; null when it has none.</summary>
    public static SamplePick? Of(string sweep, ExperimentRecord experiment)
    {
        long at = experiment.Best?.Images ?? long.MaxValue;
        return experiment.Samples.OrderBy(s => Math.Abs(s.Images - at)).ThenByDescending(s => s.Images).FirstOrDefault() is { } sample
            ? new(experiment, sample.Images, SamplesApi.Url(sweep, experiment.Number, sample))
            : null;
    }
}
