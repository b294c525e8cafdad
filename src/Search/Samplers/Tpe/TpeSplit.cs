namespace CatGan.Search.Samplers;

/// <summary>
/// The configurations that TPE learns from, as many whatever the sweep's size: the best, at most <see cref="MostGood"/>, and of
/// the others the newest, at most <see cref="MostBad"/>. Among the others are those that failed and those that run without a score
/// yet, so that proposals made side by side keep away from each other. Those of earlier sweeps fill what room is left.
/// </summary>
/// <param name="Good">The good ones.</param>
/// <param name="Bad">The others.</param>
internal sealed record TpeSplit(IReadOnlyList<Configuration> Good, IReadOnlyList<Configuration> Bad)
{
    public const int MostGood = 25;
    public const int MostBad = 200;

    /// <summary>Looked at for <see cref="MostBad"/>; more only where a person cancelled many.</summary>
    private const int MostSeen = 4 * MostBad;

    public static TpeSplit Of(SweepDefinition definition, double gamma, IConfigurationResults results)
    {
        HashSet<int> best = [.. results.Best.Take(GoodOf(definition, gamma, results))];
        ILookup<bool, Configuration> warm = definition.Warm.ToLookup(p => p.Score is not null && p.Standing < gamma, p => p.Configuration);
        return new(
            [.. best.Select(i => results[i]).Concat(warm[true]).Take(MostGood)],
            [.. Newest(results).Where(i => !best.Contains(i) && !results.IsWithdrawn(i)).Select(i => results[i]).Concat(warm[false]).Take(MostBad)]);
    }

    // With a warm start the first results need not count as good: there are better ones to go by.
    private static int GoodOf(SweepDefinition definition, double gamma, IConfigurationResults results) => Math.Clamp(
        (int)Math.Round(gamma * (results.Scored + results.Failed), MidpointRounding.AwayFromZero), definition.Warm.IsEmpty ? 1 : 0, MostGood);

    private static IEnumerable<int> Newest(IConfigurationResults results)
    {
        for (int i = results.Count - 1; i >= Math.Max(0, results.Count - MostSeen); i--)
            yield return i;
    }
}
