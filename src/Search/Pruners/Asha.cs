using System.Collections.Immutable;

namespace CatGan.Search.Pruners;

/// <summary>
/// ASHA: asynchronous successive halving with promotion (Li et al. 2020, "A System for Massively Parallel Hyperparameter
/// Tuning"). See <see cref="Ladder"/>. With several <c>brackets</c> the configurations take turns; bracket b skips the first
/// b rungs, for sweeps in which early scores mislead.
/// </summary>
internal sealed class Asha : IPruner
{
    /// <summary>1 in this many goes on at a rung.</summary>
    public static readonly PrunerOption Eta = new("eta", 2, 100, Usual: 2);

    /// <summary>Images of the first rung.</summary>
    public static readonly PrunerOption MinImages = new("min_images", 1, 1_000_000_000_000);

    /// <summary>How many brackets there are.</summary>
    public static readonly PrunerOption Brackets = new("brackets", 1, 64);

    /// <summary>Of sweeps that were submitted before the usual value became a part of their definition.</summary>
    private const int EarlierEta = 4;

    public string Name => "asha";

    public IReadOnlyList<PrunerOption> Options => [Eta, MinImages, Brackets];

    public IEnumerable<SpecFault> Faults(SweepDefinition definition) => LadderRules.Faults(definition);

    public ImmutableArray<long> Rungs(PrunerChoice choice, long budgetImages) => LadderRules.Rungs(choice, Eta, budgetImages);

    public IPruning Start(SweepDefinition definition)
    {
        PrunerChoice choice = definition.Pruner!;
        int brackets = (int)(Brackets.In(choice) ?? 1);
        return new Ladder(definition, Name, (int)(Eta.In(choice) ?? EarlierEta), brackets, index => index % brackets);
    }
}
