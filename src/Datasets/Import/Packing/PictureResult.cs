using CatGan.Datasets.Import.Sources;

namespace CatGan.Datasets.Import.Packing;

/// <summary>What became of one picture: its pixels, [3, S, S], or why it was left out.</summary>
internal sealed record PictureResult(byte[]? Pixels, SkippedPicture? Skipped)
{
    public static PictureResult Skip(SourceFile file, SkipReason reason, string detail) =>
        new(null, new SkippedPicture(file.Name, reason, detail));
}
