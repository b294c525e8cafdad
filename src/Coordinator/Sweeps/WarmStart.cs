using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;
using CatGan.Datasets;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>What came of reading the sweeps that a spec's <c>warm_start</c> names.</summary>
/// <param name="Definition">The sweep with their ids and results in it.</param>
/// <param name="Faults">Why results cannot be compared; empty when they can.</param>
/// <param name="Notes">For people: what was taken over and what did not fit.</param>
internal sealed record WarmStart(SweepDefinition Definition, IReadOnlyList<PlacedFault> Faults, IReadOnlyList<string> Notes)
{
    /// <summary>Reads the earlier sweeps from their journals.</summary>
    /// <exception cref="UserException">There is no such sweep, or more than one.</exception>
    public static async Task<WarmStart> ReadAsync(IBlobStore store, SweepDefinition definition, SpecPlaces places, CancellationToken cancellationToken)
    {
        List<PlacedFault> faults = [];
        List<string> ids = [], notes = [];
        List<WarmPoint> points = [];
        foreach ((int index, string typed) in definition.WarmStart.Index())
        {
            string id = await new SweepDirectory(store).ResolveAsync(typed, cancellationToken);
            string path = $"warm_start[{index}]";
            if (ids.Contains(id))
                faults.Add(places.At(path, $"{path} is the sweep {id}, which is there before; remove one"));
            else if (await StoredSweep.LoadAsync(store, id, cancellationToken) is not { } earlier)
                faults.Add(places.At(path, $"{path} is the sweep {id}, which has no journal; remove it"));
            else if (Difference(definition, earlier.Definition) is { } difference)
                faults.Add(places.At(path, $"{path} is the sweep {id}, {difference}"));
            else
                points.AddRange(WarmPoint.Thin(Fitting(definition, id, earlier, notes), WarmPoint.Most / definition.WarmStart.Length));
            ids.Add(id);
        }
        return new(definition with { WarmStart = [.. ids], Warm = [.. points.OrderBy(p => p.Standing)] }, faults, notes);
    }

    /// <summary>Why the scores of two sweeps do not compare; null when they do.</summary>
    private static string? Difference(SweepDefinition now, SweepDefinition then)
    {
        if (now.Objective != then.Objective)
            return $"whose objective is {Words(then.Objective)}, but here it is {Words(now.Objective)}; such scores do not compare";
        if (!IsSameData(now.Dataset, then.Dataset))
            return $"whose data set is {then.Dataset}, but here it is {now.Dataset}; scores on different pictures do not compare";
        int? changed = now.DatasetHashes.Keys.Where(s => then.DatasetHashes.TryGetValue(s, out string? hash) && hash != now.DatasetHashes[s]).Select(s => (int?)s).FirstOrDefault();
        return changed is { } size ? $"whose data set {then.Dataset} had other pictures at {size}x{size}; scores on different pictures do not compare" : null;
    }

    private static bool IsSameData(string one, string other) => one == other
        || (DatasetReference.Parse(one).Drawn is { } a && DatasetReference.Parse(other).Drawn is { } b && (a.Count, a.Seed) == (b.Count, b.Seed));

    private static string Words(Objective objective) => $"{objective.Metric} ({(objective.Minimize ? "less" : "more")} is better)";

    /// <summary>The earlier sweep's points that are experiments of the new one too.</summary>
    private static List<WarmPoint> Fitting(SweepDefinition definition, string id, Sweep earlier, List<string> notes)
    {
        List<WarmPoint> fitting = [];
        List<string> misfits = [];
        IReadOnlyList<WarmPoint> all = WarmPoint.Of(id, earlier);
        foreach (WarmPoint point in all)
        {
            if (Translate(definition.Space, point.Configuration, out string misfit) is { } configuration)
                fitting.Add(point with { Configuration = configuration });
            else
                misfits.Add(misfit);
        }
        string dropped = misfits.Count == 0 ? "" : $"; {misfits.Count:N0} {(misfits.Count == 1 ? "does" : "do")} not fit the parameters here: {misfits.CountBy(m => m).MaxBy(m => m.Value).Key}";
        notes.Add($"note: warm start from {id}: {fitting.Count:N0} of its {all.Count:N0} configurations with a result{dropped}");
        return fitting;
    }

    /// <summary>
    /// The same experiment in the words of another space; null when it has none. Settings that neither spec names are those of
    /// their presets, so that all of them are compared.
    /// </summary>
    private static Configuration? Translate(ParameterSpace space, Configuration earlier, out string misfit)
    {
        misfit = "";
        if (ExperimentSettings.Create(earlier, out IReadOnlyList<string> faults) is not { } then)
        {
            misfit = faults.Count > 0 ? faults[0] : "its preset is not known any more";
            return null;
        }
        Configuration? point = space.PointOf(n => earlier.TryGetValue(n, out string? value) ? value : ExperimentSettings.Find(n)?.ValueIn(then), out string? why);
        if (point is null || ExperimentSettings.Create(point, out _) is not { } now)
        {
            misfit = why ?? "";
            return null;
        }
        Setting? other = ExperimentSettings.All.FirstOrDefault(s => s.ValueIn(then) != s.ValueIn(now));
        misfit = other is null ? "" : $"{other.Name} was {other.ValueIn(then)} and is {other.ValueIn(now)} here";
        return other is null ? point : null;
    }
}
