using System.Buffers.Binary;
using System.Text;

namespace CatGan.Telemetry.Tests.Otlp;

/// <summary>One message in protobuf's wire format, its fields by number: all that is needed to read OTLP.</summary>
internal sealed class Wire
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public Wire(ReadOnlyMemory<byte> message)
    {
        for (int at = 0; at < message.Length;)
        {
            ulong key = Varint(message.Span, ref at);
            (int number, int kind) = ((int)(key >> 3), (int)(key & 7));
            int length = kind switch { 1 => 8, 5 => 4, 2 => (int)Varint(message.Span, ref at), 0 => 0, _ => throw new InvalidDataException($"wire type {kind}") };
            if (kind == 0)
            {
                _fields.Add((number, Varint(message.Span, ref at), default));
                continue;
            }
            ReadOnlyMemory<byte> bytes = message.Slice(at, length);
            ulong value = kind switch { 1 => BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span), 5 => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span), _ => 0 };
            _fields.Add((number, value, bytes));
            at += length;
        }
    }

    public IEnumerable<Wire> Messages(int number) => _fields.Where(f => f.Number == number).Select(f => new Wire(f.Bytes));

    public ReadOnlyMemory<byte> Bytes(int number) => _fields.FirstOrDefault(f => f.Number == number).Bytes;

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number).Span);

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number).Span);

    public ulong Number(int number) => _fields.FirstOrDefault(f => f.Number == number).Value;

    /// <summary>Attributes, a repeated KeyValue, as text.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int number) => Messages(number)
        .GroupBy(a => a.Text(1)).ToDictionary(a => a.Key, a => a.Last().Messages(2).FirstOrDefault()?.AnyValue() ?? "");

    /// <summary>This message, an AnyValue, as text.</summary>
    public string AnyValue() => _fields.FirstOrDefault() switch
    {
        (1, _, _) => Text(1),
        (2, var flag, _) => flag == 0 ? "false" : "true",
        (3, var whole, _) => ((long)whole).ToString(System.Globalization.CultureInfo.InvariantCulture),
        (4, var real, _) => BitConverter.UInt64BitsToDouble(real).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
