namespace CatGan.Datasets.Import;

/// <summary>A picture that was left out.</summary>
/// <param name="Name">Path within the source.</param>
/// <param name="Reason">Kind of reason.</param>
/// <param name="Detail">The values behind it, for a person.</param>
public sealed record SkippedPicture(string Name, SkipReason Reason, string Detail);
