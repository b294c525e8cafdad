using System.Buffers.Binary;
using System.Text.Json;

namespace CatGan.Datasets;

/// <summary>What the header of a packed data set says, read without its pixels.</summary>
internal sealed record PackedHeader(int Count, int Size, string ContentHash, IReadOnlyDictionary<string, string> Metadata)
{
    private const int PrefixBytes = 8;
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads the header at the beginning of a stream.</summary>
    /// <param name="content">The blob's content.</param>
    /// <param name="where">The blob's name, for messages.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DatasetException">It is no packed data set.</exception>
    public static async Task<PackedHeader> ReadAsync(Stream content, string where, CancellationToken cancellationToken)
    {
        try
        {
            byte[] prefix = new byte[PrefixBytes];
            await content.ReadExactlyAsync(prefix, cancellationToken);
            long length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            if (length is < 2 or > MaxBytes)
                throw Fault(where, $"its header has {length} bytes");
            byte[] json = new byte[length];
            await content.ReadExactlyAsync(json, cancellationToken);
            return Parse(where, json);
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new DatasetException($"{where} is damaged: {e.Message} Import it again.", e);
        }
    }

    /// <summary>Holds a header's values to the format.</summary>
    public static PackedHeader Check(string where, string type, long[] shape, IReadOnlyDictionary<string, string> metadata)
    {
        bool good = type == "U8" && shape is [> 0 and <= int.MaxValue, 3, >= DatasetReference.MinSize and <= DatasetReference.MaxSize, _] && shape[2] == shape[3];
        if (!good)
            throw Fault(where, $"its pictures are {type} [{string.Join(", ", shape)}], but must be U8 [N, 3, S, S] with S from {DatasetReference.MinSize} to {DatasetReference.MaxSize}");
        return metadata.TryGetValue(PackedPictures.HashKey, out string? hash) && hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
            ? new PackedHeader((int)shape[0], (int)shape[2], hash, metadata)
            : throw Fault(where, $"its metadata has no {PackedPictures.HashKey}");
    }

    private static PackedHeader Parse(string where, byte[] json)
    {
        using JsonDocument header = JsonDocument.Parse(json);
        Dictionary<string, string> metadata = [];
        if (header.RootElement.TryGetProperty("__metadata__", out JsonElement texts))
        {
            foreach (JsonProperty text in texts.EnumerateObject())
                metadata[text.Name] = text.Value.GetString() ?? "";
        }

        JsonElement tensor = header.RootElement.GetProperty(PackedPictures.Tensor);
        long[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
        return Check(where, tensor.GetProperty("dtype").GetString() ?? "", shape, metadata);
    }

    private static DatasetException Fault(string where, string what) =>
        new($"{where} is no packed data set: {what}. Import it again.");
}
