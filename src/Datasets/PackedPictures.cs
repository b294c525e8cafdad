using System.Collections.Immutable;
using CatGan.Storage;

namespace CatGan.Datasets;

/// <summary>The format of a packed data set: one tensor <c>pictures</c>, uint8 [N, 3, S, S], and metadata. See docs/formats.md.</summary>
internal static class PackedPictures
{
    public const string Tensor = "pictures";
    public const string HashKey = "content_sha256";
    public const string SourceKey = "source";
    public const string LayoutKey = "layout";
    public const string ImportedAtKey = "imported_at";

    /// <summary>Writes a data set whose pixels come in parts of any length.</summary>
    public static async Task WriteAsync(
        Stream destination, int count, int size, IReadOnlyDictionary<string, string> metadata,
        Func<Func<ReadOnlyMemory<byte>, ValueTask>, Task> pixels, CancellationToken cancellationToken)
    {
        ImmutableArray<long> shape = [count, 3, size, size];
        await using SafetensorsWriter writer = await SafetensorsWriter.CreateAsync(
            destination, [new TensorSpec(Tensor, SafetensorsType.U8, shape)], metadata, cancellationToken);
        await pixels(part => writer.WriteAsync(part, cancellationToken));
        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Opens a file of the format.</summary>
    /// <exception cref="DatasetException">It is none.</exception>
    public static PictureSet Open(string path, string name)
    {
        SafetensorsFile? file = null;
        try
        {
            file = SafetensorsFile.Open(path);
            if (!file.TryGet(Tensor, out TensorEntry entry))
                throw new DatasetException($"{path} has no tensor '{Tensor}': it is no packed data set.");
            PackedHeader header = PackedHeader.Check(path, entry.Type.ToString(), [.. entry.Shape], file.Metadata);
            return new PictureSet(name, header.Count, header.Size, header.ContentHash, new MappedPixels(file, entry));
        }
        catch (SafetensorsException e)
        {
            file?.Dispose();
            throw new DatasetException($"The data set '{name}' cannot be opened: {e.Message} Import it again.", e);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }
}
