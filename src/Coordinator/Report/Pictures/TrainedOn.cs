using CatGan.Coordinator.Results;
using CatGan.Datasets;

namespace CatGan.Coordinator.Report.Pictures;

/// <summary>Tells whether the pictures of a data set are still those that a sweep trained on: a later import takes the same name.</summary>
internal static class TrainedOn
{
    /// <summary>Why they are not, a sentence without its end; null when they are.</summary>
    /// <param name="sweep">The sweep, with the content that it pinned when it was submitted.</param>
    /// <param name="set">The data set as it is now.</param>
    public static string? Fault(SweepRecord sweep, PictureSet set) => sweep.DatasetHashes.TryGetValue(set.Size, out string? pinned) && pinned != set.ContentHash
        ? $"the data set {sweep.Dataset} is no longer the one that the sweep trained on (its content hash was {pinned}, now it is {set.ContentHash})"
        : null;
}
