using System.Collections.Immutable;
using System.Globalization;

namespace CatGan.Search.Pruners;

/// <summary>
/// The median stopping rule (Golovin et al. 2017, "Google Vizier", section 3.2.2): an experiment ends at a rung when its
/// best score by then is worse than the median of the others' running averages up to that rung.
/// </summary>
/// <remarks>
/// The others are all that reached the rung, whatever became of them; Vizier takes only those that have used their budget,
/// which leaves out just the ones that were stopped. One that diverged or failed counts as the worst of the next rung.
/// </remarks>
internal sealed class MedianStopping : IPruner
{
    /// <summary>Experiments that must have reached a rung before anybody is judged there.</summary>
    public static readonly PrunerOption WarmupExperiments = new("warmup_experiments", 1, SweepDefinition.MaxExperiments);

    /// <summary>Images before which nobody is judged.</summary>
    public static readonly PrunerOption WarmupImages = new("warmup_images", 0, 1_000_000_000_000);

    private const int UsualWarmup = 5;

    public string Name => "median";

    public IReadOnlyList<PrunerOption> Options => [WarmupExperiments, WarmupImages];

    public IEnumerable<SpecFault> Faults(SweepDefinition definition)
    {
        long first = WarmupImages.In(definition.Pruner!) ?? 0;
        if (definition.Rungs.IsEmpty)
            yield return new("pruner", "pruner is median, but there are no rungs to judge at; give rungs, such as [20_000, 40_000]");
        else if (definition.Rungs[^1] < first)
        {
            yield return new("pruner.warmup_images", string.Create(
                CultureInfo.InvariantCulture, $"pruner.warmup_images is {first:N0}, but the last rung is at {definition.Rungs[^1]:N0}, so that nobody would ever be judged; give at most that"));
        }
    }

    public ImmutableArray<long> Rungs(PrunerChoice choice, long budgetImages) => [];

    public IPruning Start(SweepDefinition definition) => new MedianPruning(
        definition, (int)(WarmupExperiments.In(definition.Pruner!) ?? UsualWarmup), WarmupImages.In(definition.Pruner!) ?? 0);
}
