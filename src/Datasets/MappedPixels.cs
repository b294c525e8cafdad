using CatGan.Storage;

namespace CatGan.Datasets;

/// <summary>Pixels of a memory-mapped file.</summary>
internal sealed class MappedPixels(SafetensorsFile file, TensorEntry entry) : IPixelSource
{
    public void Read(long offset, Span<byte> destination) => file.Read(entry, offset, destination);

    public void Dispose() => file.Dispose();
}
