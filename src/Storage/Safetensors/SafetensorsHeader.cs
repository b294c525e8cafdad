using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace CatGan.Storage;

/// <summary>
/// The header of a safetensors file: JSON that gives each tensor's type, shape and place. Parsed strictly: what
/// another reader might take differently is refused. Format: huggingface.co/docs/safetensors.
/// </summary>
internal sealed record SafetensorsHeader(ImmutableArray<TensorEntry> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Longest header, in bytes; the limit of the format's own library.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>Bytes before the header: its length, little-endian.</summary>
    public const int PrefixLength = 8;

    /// <summary>The key that is not a tensor.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>Parses and checks a header against the bytes of data behind it.</summary>
    /// <exception cref="SafetensorsException">Says what is wrong, without the file's name.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        if (!Utf8.IsValid(json))
            throw new SafetensorsException("the header is not valid UTF-8");
        if (json.IsEmpty || json[0] != (byte)'{')
            throw new SafetensorsException("the header does not begin with '{'");
        try
        {
            var parser = new HeaderParser(json);
            parser.Read();
            CheckRanges(parser.Tensors, dataLength);
            return new SafetensorsHeader([.. parser.Tensors], parser.Metadata);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair in an escaped string.
            throw new SafetensorsException($"the header is not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>The ranges must follow each other from 0 to the end of the data.</summary>
    private static void CheckRanges(List<TensorEntry> tensors, long dataLength)
    {
        var end = 0L;
        var before = "the header";
        foreach (var tensor in tensors.OrderBy(t => t.Offset).ThenBy(t => t.Length))
        {
            if (tensor.Offset + tensor.Length > dataLength)
                throw Fault($"tensor '{tensor.Name}' ends at byte {tensor.Offset + tensor.Length}, but there are only {dataLength} bytes of data");
            if (tensor.Offset < end)
                throw Fault($"tensor '{tensor.Name}' begins at byte {tensor.Offset} and overlaps '{before}', which ends at {end}");
            if (tensor.Offset > end)
                throw Fault($"there is a hole of {tensor.Offset - end} bytes before tensor '{tensor.Name}'");
            end = tensor.Offset + tensor.Length;
            before = tensor.Name;
        }
        if (end != dataLength)
            throw Fault($"{dataLength - end} bytes behind the last tensor belong to none");
    }

    private static SafetensorsException Fault(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));
}
