using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CatGan.Storage;

/// <summary>
/// Writes a safetensors file as a stream: the header at once, then the tensors' bytes (little-endian) in the
/// order they were declared, in pieces of any length. The destination stays open.
/// </summary>
public sealed class SafetensorsWriter : IAsyncDisposable
{
    // The JSON writer would put a replacement for half of a surrogate pair, and two names could become one.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Stream _destination;
    private readonly long _declared;
    private long _written;

    private SafetensorsWriter(Stream destination, long declared) => (_destination, _declared) = (destination, declared);

    /// <summary>Writes the header.</summary>
    /// <param name="destination">Written from where it stands; needs no seeking.</param>
    /// <param name="tensors">Names, types and shapes, in the order their bytes will come.</param>
    /// <param name="metadata">Free texts for the header.</param>
    /// <param name="ct">Cancels the writing of the header.</param>
    /// <exception cref="SafetensorsException">A name is used twice or reserved, a shape impossible, the header too long.</exception>
    public static async Task<SafetensorsWriter> CreateAsync(
        Stream destination, IReadOnlyList<TensorSpec> tensors, IReadOnlyDictionary<string, string>? metadata, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(tensors);
        var (header, declared) = Header(tensors, metadata);
        await destination.WriteAsync(header, ct).ConfigureAwait(false);
        return new SafetensorsWriter(destination, declared);
    }

    /// <summary>Writes the next bytes; they may end within a tensor.</summary>
    /// <exception cref="SafetensorsException">More bytes than the tensors declared.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (bytes.Length > _declared - _written)
            throw Fault($"{_written + bytes.Length} bytes were given for tensors that declared {_declared}.");
        await _destination.WriteAsync(bytes, ct).ConfigureAwait(false);
        _written += bytes.Length;
    }

    /// <summary>Checks that all declared bytes came and flushes.</summary>
    /// <exception cref="SafetensorsException">Fewer bytes than the tensors declared.</exception>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        if (_written != _declared)
            throw Fault($"Only {_written} bytes were given for tensors that declared {_declared}.");
        await _destination.FlushAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Does nothing: the destination is its owner's.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static (byte[] Header, long Declared) Header(IReadOnlyList<TensorSpec> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(stackalloc byte[SafetensorsHeader.PrefixLength]);
        long end;
        try
        {
            using var json = new Utf8JsonWriter(buffer);
            end = Write(json, tensors, metadata);
        }
        catch (EncoderFallbackException e)
        {
            throw new SafetensorsException($"A name or text of the header is not valid Unicode: {e.Message}", e);
        }
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' '); // The data begins at a multiple of 8.
        var length = buffer.Length - SafetensorsHeader.PrefixLength;
        if (length > SafetensorsHeader.MaxLength)
            throw Fault($"The header would have {length} bytes; at most {SafetensorsHeader.MaxLength} are allowed.");
        var bytes = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return (bytes, end);
    }

    private static long Write(Utf8JsonWriter json, IReadOnlyList<TensorSpec> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
        var end = 0L;
        json.WriteStartObject();
        if (metadata is { Count: > 0 })
            WriteMetadata(json, metadata);
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name))
                throw Fault($"The tensor name '{tensor.Name}' is used twice or reserved.");
            Strict.GetByteCount(tensor.Name);
            var begin = end;
            end = End(begin, tensor);
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.FormatName());
            WriteNumbers(json, "shape", tensor.Shape);
            WriteNumbers(json, "data_offsets", [begin, end]);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        return end;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach (var (key, value) in metadata)
        {
            Strict.GetByteCount(key);
            Strict.GetByteCount(value);
            json.WriteString(key, value);
        }
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string field, ImmutableArray<long> numbers)
    {
        json.WriteStartArray(field);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static long End(long begin, TensorSpec tensor)
    {
        if (tensor.Shape.IsDefault || tensor.Shape.Any(size => size < 0))
            throw Fault($"Tensor '{tensor.Name}' has a negative size or no shape.");
        try
        {
            return checked(begin + tensor.Length);
        }
        catch (OverflowException e)
        {
            throw new SafetensorsException($"Tensor '{tensor.Name}' is larger than any file: [{string.Join(", ", tensor.Shape)}].", e);
        }
    }

    private static SafetensorsException Fault(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));
}
