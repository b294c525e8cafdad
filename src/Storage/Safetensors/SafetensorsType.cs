using System.Collections.Frozen;

namespace CatGan.Storage;

/// <summary>Element types of a safetensors file, with the names the format gives them.</summary>
public enum SafetensorsType
{
    /// <summary>64-bit float.</summary>
    F64,

    /// <summary>32-bit float.</summary>
    F32,

    /// <summary>16-bit float (IEEE half).</summary>
    F16,

    /// <summary>16-bit float with the range of 32 bits (bfloat16).</summary>
    BF16,

    /// <summary>64-bit signed integer.</summary>
    I64,

    /// <summary>32-bit signed integer.</summary>
    I32,

    /// <summary>16-bit signed integer.</summary>
    I16,

    /// <summary>8-bit signed integer.</summary>
    I8,

    /// <summary>64-bit unsigned integer.</summary>
    U64,

    /// <summary>32-bit unsigned integer.</summary>
    U32,

    /// <summary>16-bit unsigned integer.</summary>
    U16,

    /// <summary>Byte.</summary>
    U8,

    /// <summary>Truth value, one byte.</summary>
    Bool,
}

/// <summary>Names and sizes of <see cref="SafetensorsType"/>.</summary>
public static class SafetensorsTypes
{
    private static readonly FrozenDictionary<string, SafetensorsType> ByName =
        Enum.GetValues<SafetensorsType>().ToFrozenDictionary(FormatName, StringComparer.Ordinal);

    /// <summary>All names, for messages.</summary>
    internal static string All => string.Join(", ", Enum.GetValues<SafetensorsType>().Select(FormatName));

    /// <summary>Bytes an element.</summary>
    public static int ByteSize(this SafetensorsType type) => type switch
    {
        SafetensorsType.F64 or SafetensorsType.I64 or SafetensorsType.U64 => 8,
        SafetensorsType.F32 or SafetensorsType.I32 or SafetensorsType.U32 => 4,
        SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.I16 or SafetensorsType.U16 => 2,
        SafetensorsType.I8 or SafetensorsType.U8 or SafetensorsType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such element type."),
    };

    /// <summary>The name in the file: that of the enumeration's member, in capitals.</summary>
    public static string FormatName(this SafetensorsType type) => type == SafetensorsType.Bool ? "BOOL" : type.ToString();

    /// <summary>The type of that name in the file.</summary>
    public static bool TryParse(string name, out SafetensorsType type) => ByName.TryGetValue(name, out type);

    /// <summary>The .NET type an element is read as.</summary>
    internal static Type Element(this SafetensorsType type) => type switch
    {
        SafetensorsType.F64 => typeof(double),
        SafetensorsType.F32 => typeof(float),
        SafetensorsType.F16 => typeof(Half),
        SafetensorsType.BF16 => typeof(ushort),
        SafetensorsType.I64 => typeof(long),
        SafetensorsType.I32 => typeof(int),
        SafetensorsType.I16 => typeof(short),
        SafetensorsType.I8 => typeof(sbyte),
        SafetensorsType.U64 => typeof(ulong),
        SafetensorsType.U32 => typeof(uint),
        SafetensorsType.U16 => typeof(ushort),
        SafetensorsType.U8 or SafetensorsType.Bool => typeof(byte),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such element type."),
    };
}
