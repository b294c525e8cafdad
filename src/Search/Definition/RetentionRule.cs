namespace CatGan.Search;

/// <summary>
/// Which checkpoints of each experiment are kept, besides those that a person pinned and all of a paused experiment.
/// </summary>
/// <param name="Best">As many as this of those with the best full scores, 0 to 100.</param>
/// <param name="Last">As many as this of the newest, 1 to 100; an experiment goes on from the newest that is whole.</param>
/// <param name="Experiments">Experiments that ended of which checkpoints are kept at all, those with the best scores; null for all.</param>
public sealed record RetentionRule(int Best, int Last, int? Experiments = null)
{
    /// <summary>Most of either.</summary>
    public const int Most = 100;

    /// <summary>What a spec without <c>keep</c> means: the best one and the last two.</summary>
    public static RetentionRule Usual { get; } = new(1, 2);
}
