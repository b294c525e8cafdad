using System.Collections.Immutable;

namespace CatGan.Datasets.Import;

/// <summary>What an import did.</summary>
public sealed record ImportSummary
{
    /// <summary>Name of the data set.</summary>
    public required string Name { get; init; }

    /// <summary>Side of the packed pictures in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Blob that holds the pictures.</summary>
    public required string Blob { get; init; }

    /// <summary>The layout used, never <see cref="ImportLayout.Auto"/>.</summary>
    public required ImportLayout Layout { get; init; }

    /// <summary>Number of pictures packed.</summary>
    public required int Kept { get; init; }

    /// <summary>Every picture left out, in the order of the names.</summary>
    public required ImmutableArray<SkippedPicture> Skipped { get; init; }

    /// <summary>Files of the source that are not named like pictures; they were not looked at.</summary>
    public required int OtherFiles { get; init; }

    /// <summary>Lines of the exclude list that no picture matched.</summary>
    public required ImmutableArray<string> UnmatchedExclusions { get; init; }

    /// <summary>SHA-256 of all pixels in order, in lower-case hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Number of pictures left out for each reason that occurred, the most frequent first.</summary>
    public IReadOnlyList<(SkipReason Reason, int Count)> SkippedByReason =>
        [.. Skipped.CountBy(s => s.Reason).OrderByDescending(p => p.Value).ThenBy(p => p.Key).Select(p => (p.Key, p.Value))];
}
