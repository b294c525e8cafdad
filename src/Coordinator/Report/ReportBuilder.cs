using System.Runtime.InteropServices;
using CatGan.Abstractions;
using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Report.Neighbours;
using CatGan.Coordinator.Report.Pictures;
using CatGan.Coordinator.Results;
using CatGan.Datasets;
using CatGan.Storage;

namespace CatGan.Coordinator.Report;

/// <summary>Collects everything that a report of a sweep shows.</summary>
/// <param name="store">Where the sweep is.</param>
/// <param name="time">Says when the report was made.</param>
/// <param name="cacheFolder">Folder of this machine for data sets that cannot be mapped where they are.</param>
/// <param name="limits">What bounds the report's size.</param>
internal sealed class ReportBuilder(IBlobStore store, TimeProvider time, string cacheFolder, ReportLimits limits)
{
    private const int ShownOfEachFamily = 3;
    private const string VersionsMark = " Versions: ";
    private readonly PictureCollector _pictures = new(store, limits);

    /// <summary>Reads pictures and neighbours of a sweep that was read before.</summary>
    public async Task<ReportModel> BuildAsync(SweepRecord sweep, CancellationToken cancellationToken)
    {
        ReportModel model = new()
        {
            Sweep = sweep,
            Limits = limits,
            InFull = InFull(sweep),
            Store = store.Uri,
            MadeAt = time.GetUtcNow(),
            Labels = new ConfigurationLabels(sweep.Experiments),
        };
        Dictionary<int, ExperimentPictures> pictures = [];
        ExperimentRecord[] best = [.. model.Families.OrderBy(f => model.Order(f.Best)).Select(f => f.Best.Best)];
        foreach (ExperimentRecord experiment in model.InFull.Union(best))
            pictures[experiment.Number] = await _pictures.CollectAsync(experiment, best.Contains(experiment), experiment == model.Best?.Best, cancellationToken);
        (IReadOnlyList<NeighbourFindings> found, string note) = await NeighboursAsync(sweep, best, cancellationToken);
        return model with { Pictures = pictures, Neighbours = found, NeighbourNote = note, Versions = [.. await TrainedWithAsync(sweep, best, cancellationToken), .. Versions()] };
    }

    // The best of every family are always among them, so that a sweep that one family wins still shows the others.
    private ExperimentRecord[] InFull(SweepRecord sweep)
    {
        ExperimentRecord[] started = [.. sweep.Ranking.SelectMany(c => c.Experiments.OrderBy(e => e == c.Best ? 0 : 1)).Where(e => e.Attempts > 0)];
        HashSet<int> chosen =
        [
            .. started.GroupBy(e => Family.Of(e.Options)).SelectMany(g => g.Take(ShownOfEachFamily)).Concat(started)
                .Select(e => e.Number).Distinct().Take(limits.InFull),
        ];
        return [.. started.Where(e => chosen.Contains(e.Number))];
    }

    private async Task<(IReadOnlyList<NeighbourFindings> Found, string Note)> NeighboursAsync(
        SweepRecord sweep, ExperimentRecord[] best, CancellationToken cancellationToken)
    {
        List<NeighbourFindings> found = [];
        try
        {
            foreach (var size in best.Where(e => e is { Options: not null, Samples.IsEmpty: false }).GroupBy(e => e.Options!.Size))
            {
                using PictureSet set = await PictureSets.OpenAsync(store, sweep.Dataset, size.Key, cacheFolder, cancellationToken);
                if (TrainedOn.Fault(sweep, set) is { } changed)
                    return (found, $"T{changed[1..]}, so the samples were not compared with it.");
                if (await CompareAsync(size, set, cancellationToken) is { } findings)
                    found.Add(findings);
            }
            return (found, "");
        }
        catch (DatasetException fault)
        {
            return (found, $"The samples were not compared with the real pictures: {fault.Message}");
        }
    }

    private async Task<NeighbourFindings?> CompareAsync(IEnumerable<ExperimentRecord> experiments, PictureSet set, CancellationToken cancellationToken)
    {
        List<(int Experiment, SampleGrid Grid)> grids = [];
        try
        {
            foreach (ExperimentRecord experiment in experiments)
            {
                if (await _pictures.BestGridAsync(experiment, cancellationToken) is { } grid)
                    grids.Add((experiment.Number, grid));
            }
            return grids.Count == 0 ? null : NeighbourAnalysis.Run(grids, set.Count, set.Size, set.Read, cancellationToken);
        }
        finally
        {
            grids.ForEach(g => g.Grid.Dispose());
        }
    }

    // Silos of a cluster may differ; of those that trained the best, each kind is named once.
    private async Task<IEnumerable<(string Name, string Value)>> TrainedWithAsync(SweepRecord sweep, ExperimentRecord[] best, CancellationToken cancellationToken)
    {
        HashSet<string> versions = [];
        foreach (ExperimentRecord experiment in best.Where(e => e.Attempts > 0))
        {
            string log = await store.ReadTextAsync(StoreLayout.Log(sweep.Id, experiment.Number, experiment.Attempts), cancellationToken) ?? "";
            versions.UnionWith(log.Split('\n').Where(l => l.Contains(VersionsMark, StringComparison.Ordinal)).Take(1)
                .Select(l => l[(l.IndexOf(VersionsMark, StringComparison.Ordinal) + VersionsMark.Length)..].Trim().TrimEnd('.')));
        }
        return versions.Order(StringComparer.Ordinal).Select(v => ("Trained with", v));
    }

    private static (string Name, string Value)[] Versions() =>
        [("Report made with", $"CatGan {typeof(ReportBuilder).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription}")];
}
