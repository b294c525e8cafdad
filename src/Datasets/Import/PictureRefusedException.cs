namespace CatGan.Datasets.Import;

/// <summary>One picture cannot be used. Caught by the import, which counts it and goes on.</summary>
internal sealed class PictureRefusedException(SkipReason reason, string detail) : Exception(detail)
{
    public SkipReason Reason { get; } = reason;
}
