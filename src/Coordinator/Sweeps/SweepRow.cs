using CatGan.Search;

namespace CatGan.Coordinator.Sweeps;

/// <summary>A sweep in a list: the object of <c>catgan list --json</c> and of the API.</summary>
/// <param name="Sweep">Its id.</param>
/// <param name="Name">Name as the spec gives it.</param>
/// <param name="Phase">running, pausing, paused, cancelling, cancelled or finished; unreadable when its journal is.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="Experiments">Experiments in all.</param>
/// <param name="Ended">Experiments that have an outcome.</param>
/// <param name="Metric">What experiments are compared by.</param>
/// <param name="Best">The best full score; null before the first.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="Note">Its note; null for none.</param>
/// <param name="Fault">Why it cannot be read; null when it can.</param>
internal sealed record SweepRow(
    string Sweep, string Name, string Phase, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt, int Experiments, int Ended, string? Metric, double? Best, IReadOnlyList<string> Tags, string? Note, string? Fault = null)
{
    /// <summary>What there is to say besides the row; null for nothing.</summary>
    public string? Saying() => Fault is null ? null : $"{Sweep} cannot be read: {Fault}";

    /// <summary>The row of a sweep that was looked up.</summary>
    public static SweepRow Of(FoundSweep found) => found.Summary is { } summary
        ? Of(summary)
        : new(found.Entry.Id, "", "unreadable", found.Entry.SubmittedAt, null, 0, 0, null, null, [], null, found.Fault);

    /// <summary>The row of a sweep.</summary>
    public static SweepRow Of(SweepSummary summary) => new(
        summary.Sweep, summary.Name, SweepFilter.Word(summary.Stage), summary.SubmittedAt, summary.EndedAt, summary.Experiments, summary.Ended, summary.Metric, summary.Best, summary.Tags, summary.Note);
}
