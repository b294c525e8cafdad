using System.Runtime.InteropServices;

namespace CatGan.Datasets.Import.Decoding;

/// <summary>Bytes outside of the garbage collector's heap: given back at once, so that the memory of an import stays what its budgets say.</summary>
internal sealed unsafe class NativeBuffer(int capacity) : IDisposable
{
    private void* _start = NativeMemory.Alloc((nuint)Math.Max(1, capacity));

    /// <summary>Bytes in use; at first all of them.</summary>
    public int Length { get; private set; } = capacity;

    public nint Address => (nint)_start;

    public Span<byte> Span => new(_start, Length);

    /// <summary>Keeps only the first bytes.</summary>
    public void Cut(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
        Length = 0;
    }
}
