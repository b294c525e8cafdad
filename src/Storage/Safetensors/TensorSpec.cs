using System.Collections.Immutable;

namespace CatGan.Storage;

/// <summary>A tensor that is to be written.</summary>
/// <param name="Name">Its key; unique in the file.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its sizes; empty for a scalar.</param>
public sealed record TensorSpec(string Name, SafetensorsType Type, ImmutableArray<long> Shape)
{
    /// <summary>Bytes of the whole tensor.</summary>
    /// <exception cref="OverflowException">The shape is beyond what a file can hold.</exception>
    public long Length => Shape.Aggregate((long)Type.ByteSize(), static (bytes, size) => checked(bytes * size));
}

/// <summary>A tensor of a file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its sizes; empty for a scalar.</param>
/// <param name="Offset">Where its bytes begin, counted from the end of the header.</param>
/// <param name="Length">Bytes of the whole tensor.</param>
public sealed record TensorEntry(string Name, SafetensorsType Type, ImmutableArray<long> Shape, long Offset, long Length);
