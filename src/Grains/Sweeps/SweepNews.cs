using CatGan.Abstractions.Grains;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>An attempt's news as events of its sweep.</summary>
internal static class SweepNews
{
    public static SweepEvent Event(DateTimeOffset at, int experiment, AttemptNews news) => news switch
    {
        CheckpointNews n => new CheckpointSaved(
            at, experiment, n.Epoch, n.Checkpoint.Images, n.Updates, n.Seconds, n.Checkpoint.Blob, n.Checkpoint.Sha256, n.Bytes),
        RungNews n => new RungReached(at, experiment, n.Epoch, n.Images, n.Scores),
        LeftNews n => new AttemptLost(at, experiment, n.Epoch, n.Reason, Enum.Parse<LossCause>(n.Cause.ToString())),
        EndedNews n => new ExperimentEnded(
            at, experiment, n.Epoch, SweepViews.Outcome(n.Outcome), n.Reason, n.Flags, n.Images, n.Updates, n.Seconds, n.Scores),
        _ => throw new NotSupportedException($"There is no event for {news.GetType().Name}."),
    };
}
