using System.Collections.Immutable;
using System.Globalization;

namespace CatGan.Search;

/// <summary>A recorded sweep under another pruner.</summary>
/// <param name="Recorded">The sweep.</param>
/// <param name="Pruner">The pruner; null for none.</param>
/// <param name="Patience">Patience around it; null for none.</param>
/// <param name="Rungs">The rungs it judges at, all of them recorded.</param>
/// <param name="Workers">Experiments that train at once.</param>
public sealed record Simulation(RecordedSweep Recorded, PrunerChoice? Pruner, int? Patience, ImmutableArray<long> Rungs, int Workers)
{
    /// <summary>
    /// The rungs of a pruner among the recorded ones: for one with rungs of its own those, where they are all recorded or
    /// <c>min_images</c> asks for them, and otherwise those from the first recorded one on; for another all.
    /// </summary>
    public static ImmutableArray<long> RungsOf(RecordedSweep recorded, PrunerChoice? pruner)
    {
        if (pruner is null || recorded.Rungs.IsEmpty)
            return recorded.Rungs;
        ImmutableArray<long> own = pruner.DefaultRungs(recorded.BudgetImages);
        if (pruner.Options.ContainsKey("min_images") || (own.Length > 0 && own.All(recorded.Rungs.Contains)))
            return own;
        PrunerChoice first = pruner with { Options = pruner.Options.SetItem("min_images", recorded.Rungs[0].ToString(CultureInfo.InvariantCulture)) };
        return first.DefaultRungs(recorded.BudgetImages) is { IsEmpty: false } later ? later : recorded.Rungs;
    }

    /// <summary>True when the pruner judges at the rung that a recorded score belongs to.</summary>
    /// <param name="images">Images of the score: those of a rung, or a little past it.</param>
    internal bool Judges(long images)
    {
        int found = Recorded.Rungs.BinarySearch(images);
        return (found >= 0 ? found : ~found - 1) is >= 0 and var rung && Rungs.Contains(Recorded.Rungs[rung]);
    }

    /// <summary>Everything that is wrong, for people; empty when it can be played.</summary>
    public IReadOnlyList<string> Faults()
    {
        ImmutableArray<long> missing = [.. Rungs.Except(Recorded.Rungs)];
        if (!missing.IsEmpty)
            return [$"the pruner judges at {Words(Rungs)} images, but the sweep was scored at {Words(Recorded.Rungs)}, not at {Words(missing)}; choose eta and min_images so that its rungs are among these, or name rungs"];
        return [.. Definition().Faults().Select(f => f.Message)];
    }

    /// <summary>Plays the sweep once.</summary>
    /// <param name="order">Which configuration comes when: place i of the sweep is taken by configuration <c>order[i]</c> of the recorded one.</param>
    public SimulatedSweep Play(ImmutableArray<int> order) => new SweepPlayer(this, order).Play();

    /// <summary>The order in which the recorded sweep ran.</summary>
    public ImmutableArray<int> RecordedOrder() => [.. Enumerable.Range(0, Recorded.Curves.Length / Recorded.Repeats)];

    /// <summary>As many orders by chance (Fisher and Yates).</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same orders.</param>
    public IEnumerable<ImmutableArray<int>> Orders(int count, long seed)
    {
        SearchRandom random = SearchRandom.Seeded(seed);
        for (int i = 0; i < count; i++)
        {
            int[] order = [.. RecordedOrder()];
            for (int left = order.Length; left > 1; left--)
            {
                int drawn = random.Below(left);
                (order[drawn], order[left - 1]) = (order[left - 1], order[drawn]);
            }
            yield return [.. order];
        }
    }

    /// <summary>
    /// A sweep of as many configurations, whatever they are: no pruner looks at more than their indices and scores.
    /// </summary>
    internal SweepDefinition Definition() => new()
    {
        Name = "simulation",
        Dataset = "recorded",
        BudgetImages = Recorded.BudgetImages,
        Objective = Recorded.Objective,
        Sampler = SamplerChoice.Of("random"),
        Configurations = Recorded.Curves.Length / Recorded.Repeats,
        Repeats = Recorded.Repeats,
        Space = new([new UniformParameter("recorded", 0, 1)]),
        Pruner = Pruner,
        Patience = Patience,
        Rungs = Rungs,
        ReportEvery = 1,
        CheckpointEvery = 1,
        SamplesEvery = 1,
    };

    private static string Words(IEnumerable<long> images) => string.Join(", ", images.Select(i => i.ToString("N0", CultureInfo.InvariantCulture)));
}
