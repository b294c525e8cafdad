using System.Collections.Immutable;
using CatGan.Search.Pruners;
using CatGan.Search.Samplers;

namespace CatGan.Search;

/// <summary>Finds what is wrong with a definition.</summary>
internal static class DefinitionFaults
{
    private static readonly string[] _flags = ["stuck", "collapsed"];

    public static IReadOnlyList<SpecFault> Find(SweepDefinition d)
    {
        List<SpecFault> faults = [.. Texts(d), .. Numbers(d), .. Rungs(d), .. StopOn(d), .. d.Webhook?.Faults() ?? [], .. d.Space.Faults(), .. Also(d), .. Sampler(d), .. Warm(d), .. PrunerCatalogue.Faults(d)];
        if (faults.Count == 0 && d.TotalExperiments is null)
        {
            faults.Add(new("sampler", $"the sweep has more than {SweepDefinition.MaxExperiments} experiments (repeats counted), which is the most; "
                + "set experiments, or take values out"));
        }
        else if (faults.Count == 0 && d.TotalExperiments == 0)
            faults.Add(new("experiments", "the sweep has no experiment; it needs at least one"));
        return faults;
    }

    private static IEnumerable<SpecFault> Texts(SweepDefinition d)
    {
        if (string.IsNullOrWhiteSpace(d.Name))
            yield return new("name", "name is empty, but must be a word or more");
        if (string.IsNullOrWhiteSpace(d.Dataset))
            yield return new("dataset", "dataset is empty, but must name a data set, such as builtin:drawn-cats");
        if (string.IsNullOrWhiteSpace(d.Objective.Metric))
            yield return new("objective", "objective is empty, but must name a metric, such as swd");
    }

    private static IEnumerable<SpecFault> Numbers(SweepDefinition d)
    {
        (string Path, long? Value, long Max)[] counts =
        [
            ("budget.images", d.BudgetImages, long.MaxValue), ("experiments", d.Configurations, SweepDefinition.MaxExperiments),
            ("repeats", d.Repeats, 1000), ("patience", d.Patience, int.MaxValue), ("slots", d.Slots, int.MaxValue),
            ("report_every", d.ReportEvery, long.MaxValue), ("checkpoint_every", d.CheckpointEvery, long.MaxValue),
            ("samples_every", d.SamplesEvery, long.MaxValue), ("keep.last", d.Keep.Last, RetentionRule.Most), ("keep.experiments", d.Keep.Experiments, SweepDefinition.MaxExperiments),
        ];
        foreach ((string path, long? value, long max) in counts)
        {
            if (value < 1 || value > max)
                yield return new(path, $"{path} is {value}, but must be a whole number of at least 1{(max < int.MaxValue ? $" and up to {max}" : "")}");
        }
        if (d.Keep.Best is < 0 or > RetentionRule.Most)
            yield return new("keep.best", $"keep.best is {d.Keep.Best}, but must be a whole number from 0 to {RetentionRule.Most}");
        if (!(d.Weight is >= 1 / SweepDefinition.MaxWeight and <= SweepDefinition.MaxWeight))
            yield return new("weight", $"weight is {Search.Numbers.Text(d.Weight)}, but must be from {Search.Numbers.Text(1 / SweepDefinition.MaxWeight)} to {Search.Numbers.Text(SweepDefinition.MaxWeight)}");
        if (d.BudgetTime <= TimeSpan.Zero)
            yield return new("budget.time", $"budget.time is {d.BudgetTime}, but must be above 0");
    }

    private static IEnumerable<SpecFault> Rungs(SweepDefinition d)
    {
        for (int i = 0; i < d.Rungs.Length; i++)
        {
            long before = i == 0 ? 0 : d.Rungs[i - 1];
            if (d.Rungs[i] <= before || d.Rungs[i] >= d.BudgetImages)
                yield return new($"rungs[{i}]", $"rungs[{i}] is {d.Rungs[i]}, but must be above {before} and below the budget of {d.BudgetImages} images (the end always has a full score)");
        }
        if (d.Patience >= d.Rungs.Length)
            yield return new("patience", $"patience is {d.Patience}, but there are only {d.Rungs.Length} rungs before the end, so that it never acts; give at least {d.Patience + 1} rungs");
    }

    private static IEnumerable<SpecFault> StopOn(SweepDefinition d) =>
        d.StopOn.Select((flag, i) => (flag, i)).Where(f => !_flags.Contains(f.flag))
            .Select(f => new SpecFault($"stop_on[{f.i}]", $"stop_on[{f.i}] is {f.flag}, but must be one of {string.Join(", ", _flags)}"));

    private static IEnumerable<SpecFault> Also(SweepDefinition d)
    {
        ImmutableArray<Configuration> points = [.. d.Also.Select(d.Space.Complete)];
        for (int i = 1; i < points.Length; i++)
        {
            int earlier = points.Take(i).TakeWhile(p => !p.IsSamePoint(points[i])).Count();
            if (earlier < i)
                yield return new($"also[{i}]", $"also[{i}] is the same point as also[{earlier}]; use repeats to run a point several times");
        }
    }

    private static IEnumerable<SpecFault> Sampler(SweepDefinition d) => SamplerCatalogue.Find(d.Sampler.Name) is { } sampler
        ? sampler.Faults(d)
        : [new("sampler", $"sampler is {d.Sampler.Name}, but must be one of {string.Join(", ", SamplerCatalogue.All.Select(s => s.Name))}")];

    private static IEnumerable<SpecFault> Warm(SweepDefinition d)
    {
        if (!d.WarmStart.IsEmpty && SamplerCatalogue.Find(d.Sampler.Name) is { Learns: false })
            yield return new("warm_start", $"warm_start is of no use to the {d.Sampler.Name} sampler, which learns from no result; use sampler: tpe, or remove it");
        if (d.Warm.Length > WarmPoint.Most)
            yield return new("warm_start", $"warm_start brings {d.Warm.Length} configurations, but may bring at most {WarmPoint.Most}");
    }
}
