using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>What an earlier sweep knows of one configuration, for a sampler that learns.</summary>
/// <param name="Configuration">The configuration in the parameters of the new sweep.</param>
/// <param name="Score">Its mean score there; null when it gave none: it diverged or failed.</param>
/// <param name="Standing">
/// Its place among the configurations of its sweep, from 0 (best) to 1: sweeps of different budgets score differently, but what was
/// good in one is a good guess for the other.
/// </param>
/// <param name="Sweep">Id of the earlier sweep.</param>
public sealed record WarmPoint(
    Configuration Configuration, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Score, double Standing, string Sweep)
{
    /// <summary>Most points that a sweep starts from.</summary>
    public const int Most = 200;

    /// <summary>
    /// The configurations of an earlier sweep that came to a result, best first; those that failed last. One that a person cancelled
    /// says nothing.
    /// </summary>
    /// <param name="id">Id of the earlier sweep.</param>
    /// <param name="earlier">Its state.</param>
    public static IReadOnlyList<WarmPoint> Of(string id, Sweep earlier)
    {
        List<ConfigurationRank> known = [.. earlier.Ranking().Where(r => r.Standing != RankStanding.Incomplete
            && !r.Experiments.Any(n => earlier.Experiments[n - 1].Outcome == ExperimentOutcome.Cancelled))];
        return [.. known.Select((rank, place) => rank.Standing == RankStanding.Ranked
            ? new WarmPoint(rank.Configuration, rank.Mean, (place + 0.5) / known.Count, id)
            : new WarmPoint(rank.Configuration, null, 1, id))];
    }

    /// <summary>No more than <paramref name="most"/> of the points of one sweep: the better half of these are the best, the others drawn evenly from the rest.</summary>
    public static IEnumerable<WarmPoint> Thin(IReadOnlyList<WarmPoint> points, int most)
    {
        if (points.Count <= most)
            return points;
        int best = most / 2, others = most - best;
        return [.. points.Take(best), .. Enumerable.Range(0, others).Select(i => points[best + (int)((long)i * (points.Count - best) / others)])];
    }
}
