using CatGan.Coordinator.Report.Pictures;
using CatGan.Coordinator.Results;
using CatGan.Storage;

namespace CatGan.Coordinator.Report;

/// <summary>Reads sample grids from the store and cuts them to what the report shows.</summary>
internal sealed class PictureCollector(IBlobStore store, ReportLimits limits)
{
    private const int CornerSide = 4, LargeSide = 8;

    /// <summary>The pictures of one experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="corner">Also some samples, sharp.</param>
    /// <param name="large">Also many samples.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ExperimentPictures> CollectAsync(ExperimentRecord experiment, bool corner, bool large, CancellationToken cancellationToken)
    {
        Strip? strip = await StripAsync(experiment, cancellationToken);
        if (!corner && !large)
            return new ExperimentPictures(strip, null, null, 0);
        using SampleGrid? grid = await BestGridAsync(experiment, cancellationToken);
        return new ExperimentPictures(
            strip,
            grid is null ? null : Sheets.Corner(grid, CornerSide, CornerSide),
            grid is null || !large ? null : Sheets.Corner(grid, LargeSide, LargeSide),
            grid?.Images ?? 0);
    }

    /// <summary>The sample grid nearest to where the experiment scored best, else its last; null when none can be read.</summary>
    public async Task<SampleGrid?> BestGridAsync(ExperimentRecord experiment, CancellationToken cancellationToken)
    {
        long at = experiment.Best?.Images ?? long.MaxValue;
        return experiment.Samples.OrderBy(s => Math.Abs(s.Images - at)).ThenByDescending(s => s.Images).FirstOrDefault() is { } sample
            ? await GridAsync(experiment, sample, cancellationToken)
            : null;
    }

    private async Task<Strip?> StripAsync(ExperimentRecord experiment, CancellationToken cancellationToken)
    {
        List<SampleGrid> grids = [];
        try
        {
            foreach (SampleBlob sample in Spread(experiment.Samples))
            {
                if (await GridAsync(experiment, sample, cancellationToken) is { } grid)
                    grids.Add(grid);
            }
            return grids.Count == 0 ? null : Sheets.Strip(grids, limits.StripRows);
        }
        finally
        {
            grids.ForEach(g => g.Dispose());
        }
    }

    // Evenly by position, the first and the last always among them.
    private IEnumerable<SampleBlob> Spread(IReadOnlyList<SampleBlob> samples)
    {
        int count = Math.Min(samples.Count, limits.StripColumns);
        return Enumerable.Range(0, count).Select(i => samples[count == 1 ? samples.Count - 1 : (int)Math.Round((double)i * (samples.Count - 1) / (count - 1))]);
    }

    private async Task<SampleGrid?> GridAsync(ExperimentRecord experiment, SampleBlob sample, CancellationToken cancellationToken) =>
        experiment.Options is { } options && await store.ReadBytesAsync(sample.Name, cancellationToken) is { } png
            ? SampleGrid.Decode(png, options.Size, sample.Images)
            : null;
}
