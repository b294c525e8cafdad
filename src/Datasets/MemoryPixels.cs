namespace CatGan.Datasets;

/// <summary>Pixels in memory.</summary>
internal sealed class MemoryPixels(byte[] pixels) : IPixelSource
{
    public void Read(long offset, Span<byte> destination) =>
        pixels.AsSpan((int)offset, destination.Length).CopyTo(destination);

    public void Dispose()
    {
    }
}
