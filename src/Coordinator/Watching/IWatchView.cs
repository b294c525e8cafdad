using CatGan.Abstractions;

namespace CatGan.Coordinator.Watching;

/// <summary>Shows a sweep while it runs.</summary>
internal interface IWatchView
{
    /// <summary>Tells the person something besides.</summary>
    void Say(string line);

    /// <summary>Shows each status until the stream ends.</summary>
    /// <returns>The last one.</returns>
    Task<SweepStatus> ShowAsync(IAsyncEnumerable<SweepStatus> statuses);
}
