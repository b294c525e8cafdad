using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>
/// A sweep as it runs: what a spec says, with every default filled in. All counts of training are in images.
/// <see cref="Faults"/> says what is wrong with it; <see cref="Sweep"/> takes only one without faults.
/// </summary>
public sealed record SweepDefinition
{
    /// <summary>Most experiments of one sweep, repeats counted.</summary>
    public const int MaxExperiments = 1_000_000;

    /// <summary>Largest <see cref="Weight"/>; the least is one part in as many.</summary>
    public const double MaxWeight = 1000;

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>A note for people; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>Words to find the sweep by.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Reference of the data set, such as <c>cats</c> or <c>builtin:drawn-cats?count=4096</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>Content hash of the data set by picture size, pinned at submission.</summary>
    public ImmutableSortedDictionary<int, string> DatasetHashes { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>Real pictures that each experiment shows its discriminator, repeats counted.</summary>
    public required long BudgetImages { get; init; }

    /// <summary>Training time after which an experiment ends, attempts added up; null for no limit.</summary>
    public TimeSpan? BudgetTime { get; init; }

    /// <summary>What experiments are compared by.</summary>
    public Objective Objective { get; init; } = new("swd", Minimize: true);

    /// <summary>Who proposes configurations.</summary>
    public SamplerChoice Sampler { get; init; } = new("random", ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Configurations that the sampler proposes, those of <see cref="Also"/> not counted; null for all that it has (the whole grid).</summary>
    public int? Configurations { get; init; }

    /// <summary>Experiments a configuration, each with a seed of its own.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Seed of the sampler, and of each experiment together with its number.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The parameters.</summary>
    public ParameterSpace Space { get; init; } = ParameterSpace.Empty;

    /// <summary>Known-good points that run first, before the sampler is asked. Fixed parameters are filled in.</summary>
    public ImmutableArray<Configuration> Also { get; init; } = [];

    /// <summary>Earlier sweeps that the sampler learns from; ids once the sweep is submitted.</summary>
    public ImmutableArray<string> WarmStart { get; init; } = [];

    /// <summary>What is known from them, best first; filled in at submission.</summary>
    public ImmutableArray<WarmPoint> Warm { get; init; } = [];

    /// <summary>What pauses or stops experiments at rungs by comparing them with others; null for none.</summary>
    public PrunerChoice? Pruner { get; init; }

    /// <summary>Successive full scores without a better objective after which an experiment is stopped; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>Most experiments that run at once; null for as many as there are slots.</summary>
    public int? Slots { get; init; }

    /// <summary>Weight in fair sharing: beside a sweep of weight 1, one of weight 2 gets twice the slots.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Which checkpoints are kept.</summary>
    public RetentionRule Keep { get; init; } = RetentionRule.Usual;

    /// <summary>Whom to tell what becomes of the sweep; null for nobody.</summary>
    public Webhook? Webhook { get; init; }

    /// <summary>Images between two reports.</summary>
    public required long ReportEvery { get; init; }

    /// <summary>Images between two checkpoints.</summary>
    public required long CheckpointEvery { get; init; }

    /// <summary>Images between two sample grids.</summary>
    public required long SamplesEvery { get; init; }

    /// <summary>Images at which a full score is taken, ascending and below the budget; the end always has one.</summary>
    public ImmutableArray<long> Rungs { get; init; } = [];

    /// <summary>Flags that end an experiment when raised: <c>stuck</c>, <c>collapsed</c>.</summary>
    public ImmutableArray<string> StopOn { get; init; } = [];

    /// <summary>Also write TensorBoard event files.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>Configurations that the sweep will try in all; null when there are faults that leave it open.</summary>
    [JsonIgnore]
    public int? TotalConfigurations => DefinitionCount.Configurations(this);

    /// <summary>Experiments that the sweep will run in all; null when there are faults that leave it open.</summary>
    [JsonIgnore]
    public int? TotalExperiments => TotalConfigurations is { } count && (long)count * Repeats <= MaxExperiments ? count * Repeats : null;

    /// <summary>Everything that is wrong with the definition, its space included; empty when it can run.</summary>
    public IReadOnlyList<SpecFault> Faults() => DefinitionFaults.Find(this);

    /// <summary>
    /// The rung that a full score belongs to: the last one that these images have reached, because an experiment is scored
    /// at the first end of an iteration at or past a rung, so that batches of different sizes differ a little. The end belongs
    /// to the last rung, which counts only where an iteration of many batches went past both at once.
    /// </summary>
    /// <param name="images">Images of the score.</param>
    /// <returns>Index in <see cref="Rungs"/>; null before the first.</returns>
    internal int? RungOf(long images)
    {
        if (Rungs.IsEmpty || images < Rungs[0])
            return null;
        int found = Rungs.BinarySearch(images);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>
    /// The first configurations that the sweep will try, in the order of their numbers, as far as no result decides
    /// them. Meant for <c>catgan check</c>; the definition must be without faults.
    /// </summary>
    public IEnumerable<Configuration> Preview() => ConfigurationSource.Start(this).Foreseen();
}
