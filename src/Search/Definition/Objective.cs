namespace CatGan.Search;

/// <summary>What the experiments of a sweep are compared by.</summary>
/// <param name="Metric">Name of the metric whose full scores count.</param>
/// <param name="Minimize">True when less is better.</param>
public sealed record Objective(string Metric, bool Minimize)
{
    /// <summary>True when <paramref name="score"/> is better than <paramref name="than"/>; anything is better than nothing.</summary>
    public bool IsBetter(double score, double? than) => than is not { } other || (Minimize ? score < other : score > other);

    /// <summary>The objective among a full score's values; null when it is missing or not finite.</summary>
    internal double? In(IReadOnlyDictionary<string, double> scores) =>
        scores.TryGetValue(Metric, out double score) && double.IsFinite(score) ? score : null;
}
