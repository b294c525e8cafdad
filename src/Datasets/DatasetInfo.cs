namespace CatGan.Datasets;

/// <summary>An imported data set at one size.</summary>
public sealed record DatasetInfo
{
    /// <summary>Name that a spec uses.</summary>
    public required string Name { get; init; }

    /// <summary>Side of the pictures in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Number of pictures.</summary>
    public required int Count { get; init; }

    /// <summary>Length of the blob in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of all pixels in order, in lower-case hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Everything its file says about where it is from: source, layout, counts, date, tool.</summary>
    public required IReadOnlyDictionary<string, string> Provenance { get; init; }
}
