using System.Collections.Immutable;
using System.Globalization;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Watching;
using CatGan.Search;

namespace CatGan.Coordinator.Spec;

/// <summary>What a spec would run, for <c>catgan check</c>.</summary>
internal sealed class SweepPreview
{
    /// <summary>The critic's batches in a generator update of the warm-up.</summary>
    private const int WarmupBatches = 100;

    /// <summary>Every this many generator updates the warm-up's batches are repeated.</summary>
    private const int WarmupPeriod = 500;

    private readonly SweepDefinition definition;
    private readonly ImmutableArray<(Configuration Configuration, ExperimentOptions Options)> rows;
    private readonly bool isCut;

    private SweepPreview(SweepDefinition definition, int most)
    {
        this.definition = definition;
        Configuration[] foreseen = [.. definition.Preview().Take(most == int.MaxValue ? most : most + 1)];
        isCut = foreseen.Length > most;
        rows = [.. foreseen.Take(most).Select(c => (c, ExperimentSettings.Create(c, out IReadOnlyList<string> faults)
            ?? throw new InvalidOperationException($"{c}: {string.Join("; ", faults)}")))];
    }

    /// <summary>The preview of a definition without faults.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="most">Most configurations to look at; a large sweep's take a while.</param>
    public static SweepPreview Of(SweepDefinition definition, int most = int.MaxValue) => new(definition, most);

    /// <summary>For scripts.</summary>
    public object ToJson() => new
    {
        name = definition.Name,
        dataset = definition.Dataset,
        experiments = definition.TotalExperiments,
        repeats = definition.Repeats,
        budget_images = definition.BudgetImages == TrainingPlan.NoLimit ? (long?)null : definition.BudgetImages,
        budget_seconds = definition.BudgetTime?.TotalSeconds,
        configurations = rows.Select(r => r.Configuration.Values),
    };

    /// <summary>For people: the sweep, then a table of its configurations.</summary>
    public IEnumerable<string> Lines(int most)
    {
        foreach ((string name, string value) in Facts())
            yield return $"{name,-12} {value}";
        yield return "";
        List<string[]> table = [["experiment", "preset", "size", "hidden G/D", "batch", "lr D", "lr G", "critic", "G updates", "varied"]];
        table.AddRange(rows.Take(most).Select(Row));
        foreach (string line in TextTable.Lines(table))
            yield return line;
        if (rows.Length > most)
            yield return $"and {(isCut ? definition.TotalConfigurations : rows.Length) - most:N0} more (--all lists them)";
        else if (isCut)
            yield return $"and {definition.TotalConfigurations - rows.Length:N0} more";
        if (!isCut && rows.Length < definition.TotalConfigurations)
            yield return $"{(rows.IsEmpty ? "all" : "and")} {definition.TotalConfigurations - rows.Length:N0}{(rows.IsEmpty ? "" : " more")} that the {definition.Sampler.Name} sampler chooses by the results so far";
    }

    private IEnumerable<(string Name, string Value)> Facts()
    {
        int total = definition.TotalExperiments ?? 0;
        string time = definition.BudgetTime is { } limit ? $"at most {SpecDuration.Write(limit)} of training" : "";
        string images = definition.BudgetImages == TrainingPlan.NoLimit ? "" : $"{definition.BudgetImages:N0} images";
        yield return ("sweep", definition.Name);
        yield return ("dataset", definition.Dataset);
        yield return ("experiments", $"{total:N0}" + (definition.Repeats > 1 ? $" ({definition.TotalConfigurations:N0} configurations, {definition.Repeats} seeds each)" : ""));
        yield return ("each", string.Join(", ", new[] { images, time }.Where(t => t.Length > 0)));
        if (images.Length > 0)
            yield return ("together", $"{(decimal)definition.BudgetImages * total:N0} images");
        yield return ("ranked by", $"{definition.Objective.Metric}, {(definition.Objective.Minimize ? "less" : "more")} is better");
        yield return ("every", $"{definition.ReportEvery:N0} images a report, {definition.CheckpointEvery:N0} a checkpoint, {definition.SamplesEvery:N0} a sample grid");
        if (definition.Pruner is { } pruner)
            yield return ("pruner", string.Join(", ", pruner.Options.Select(o => $"{o.Key} {o.Value}").Prepend(pruner.Name)));
        if (!definition.Rungs.IsEmpty)
            yield return ("rungs", string.Join(", ", definition.Rungs.Select(r => r.ToString("N0", CultureInfo.InvariantCulture))) + (definition.Patience is { } p ? $"; stopped after {p} without a better score" : ""));
    }

    private string[] Row((Configuration Configuration, ExperimentOptions Options) row, int index)
    {
        ExperimentOptions o = row.Options;
        int first = (index * definition.Repeats) + 1;
        string critic = o.NCritic + (o.Warmup > 0 ? $", {o.Warmup}x100 first" : "");
        return
        [
            definition.Repeats == 1 ? $"{first}" : $"{first}-{first + definition.Repeats - 1}",
            o.Preset, $"{o.Size}", $"{o.HiddenG}/{o.HiddenD}", $"{o.Batch}", Number(o.LrD), Number(o.LrG), critic,
            definition.BudgetImages == TrainingPlan.NoLimit ? "" : Updates(o, definition.BudgetImages).ToString("N0", CultureInfo.InvariantCulture),
            string.Join(' ', row.Configuration.Where(v => Varies(v.Key) && v.Key is not ("preset" or "size" or "batch" or "lr" or "lr_d" or "lr_g" or "hidden" or "hidden_g" or "hidden_d" or "n_critic"))
                .Select(v => $"{v.Key}={v.Value}")),
        ];
    }

    private bool Varies(string name) => definition.Space.Find(name) is not FixedParameter || definition.Also.Any(p => p.ContainsKey(name));

    private static string Number(double value) => value.ToString("0.######e-0", CultureInfo.InvariantCulture);

    /// <summary>Generator updates that a budget pays for.</summary>
    internal static long Updates(ExperimentOptions options, long images)
    {
        long batches = (images + options.Batch - 1) / options.Batch;
        if (options.Warmup == 0)
            return (batches + options.NCritic - 1) / options.NCritic;
        long updates = 0;
        while (batches > 0)
        {
            // Whole periods beyond the warm-up at once; the rest update by update.
            if (updates >= options.Warmup && updates % WarmupPeriod == 0 && batches > PeriodBatches(options))
            {
                long periods = batches / PeriodBatches(options);
                (updates, batches) = (updates + (periods * WarmupPeriod), batches - (periods * PeriodBatches(options)));
                continue;
            }
            batches -= updates < options.Warmup || updates % WarmupPeriod == 0 ? WarmupBatches : options.NCritic;
            updates++;
        }
        return updates;
    }

    private static long PeriodBatches(ExperimentOptions options) => WarmupBatches + ((WarmupPeriod - 1L) * options.NCritic);
}
