using System.Collections.Immutable;

namespace CatGan.Search.Pruners;

/// <summary>
/// Hyperband (Li et al. 2018, "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization") over ASHA's
/// brackets (Li et al. 2020, section 3.3): as many brackets as there are rungs and one more, from the one that prunes from
/// the first rung on to the one that prunes nothing. Bracket b with s rungs of its own gets a share of the configurations
/// in proportion to the paper's n = (s_max + 1) / (s + 1) x eta^s, so that brackets cost about the same.
/// </summary>
internal sealed class Hyperband : IPruner
{
    private const int UsualEta = 3;
    private static readonly PrunerOption Eta = Asha.Eta with { Usual = UsualEta };

    /// <summary>The golden section, whose multiples spread most evenly over 0 to 1 (Weyl 1916).</summary>
    private const double Golden = 0.6180339887498949;

    public string Name => "hyperband";

    public IReadOnlyList<PrunerOption> Options => [Eta, Asha.MinImages, Asha.Brackets];

    public IEnumerable<SpecFault> Faults(SweepDefinition definition) => LadderRules.Faults(definition);

    public ImmutableArray<long> Rungs(PrunerChoice choice, long budgetImages) => LadderRules.Rungs(choice, Eta, budgetImages);

    public IPruning Start(SweepDefinition definition)
    {
        PrunerChoice choice = definition.Pruner!;
        int eta = (int)(Eta.In(choice) ?? UsualEta);
        int brackets = (int)(Asha.Brackets.In(choice) ?? definition.Rungs.Length + 1);
        ImmutableArray<double> shares = Shares(definition.Rungs.Length, brackets, eta);
        return new Ladder(definition, Name, eta, brackets, index => BracketOf(shares, index));
    }

    /// <summary>The share of configurations in brackets 0 to b, for each b; the last is 1.</summary>
    /// <param name="rungs">Rungs of bracket 0.</param>
    /// <param name="brackets">Brackets.</param>
    /// <param name="eta">1 in this many goes on.</param>
    internal static ImmutableArray<double> Shares(int rungs, int brackets, int eta)
    {
        // Divided by eta^rungs, which could be beyond any number; (s_max + 1) cancels.
        double[] weights = [.. Enumerable.Range(0, brackets).Select(b => Math.Pow(eta, -b) / (rungs - b + 1))];
        double total = weights.Sum(), sum = 0;
        return [.. weights.Select((w, b) => b == brackets - 1 ? 1 : (sum += w) / total)];
    }

    /// <summary>The bracket of a configuration: a function of its index alone, so that replays and repeats agree.</summary>
    internal static int BracketOf(ImmutableArray<double> shares, int index)
    {
        double at = index * Golden % 1;
        int bracket = 0;
        while (at >= shares[bracket])
            bracket++;
        return bracket;
    }
}
