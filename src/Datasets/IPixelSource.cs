namespace CatGan.Datasets;

/// <summary>The bytes behind a <see cref="PictureSet"/>: [N, 3, S, S], readable from any thread.</summary>
internal interface IPixelSource : IDisposable
{
    void Read(long offset, Span<byte> destination);
}
