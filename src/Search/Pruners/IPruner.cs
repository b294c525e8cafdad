using System.Collections.Immutable;

namespace CatGan.Search.Pruners;

/// <summary>One way of spending less on configurations that look bad at their rungs. Holds nothing itself; see <see cref="IPruning"/>.</summary>
internal interface IPruner
{
    /// <summary>Its name in a spec.</summary>
    string Name { get; }

    /// <summary>The options it knows, each with its range.</summary>
    IReadOnlyList<PrunerOption> Options { get; }

    /// <summary>What is wrong with a definition whose options are all within their ranges.</summary>
    IEnumerable<SpecFault> Faults(SweepDefinition definition);

    /// <summary>The rungs of a sweep whose spec names none.</summary>
    /// <param name="choice">Its options.</param>
    /// <param name="budgetImages">Images of an experiment.</param>
    ImmutableArray<long> Rungs(PrunerChoice choice, long budgetImages);

    /// <summary>The pruner at work in one sweep, whose definition is without faults.</summary>
    IPruning Start(SweepDefinition definition);
}
