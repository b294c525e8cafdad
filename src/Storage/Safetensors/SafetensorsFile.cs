using System.Buffers.Binary;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CatGan.Storage;

/// <summary>
/// A safetensors file, mapped into memory: opening reads the header only, tensors come from the page cache, and
/// files may be larger than memory. Reads may come from several threads.
/// </summary>
/// <remarks>The file must not be cut short while it is open; blobs never are.</remarks>
public sealed class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly SafetensorsHeader _header;
    private readonly Dictionary<string, TensorEntry> _byName;
    private readonly long _dataStart;

    private SafetensorsFile(MemoryMappedFile file, MemoryMappedViewAccessor view, SafetensorsHeader header, long dataStart)
    {
        (_file, _view, _header, _dataStart) = (file, view, header, dataStart);
        _byName = header.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>Free texts of the header.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>All tensors, in the header's order.</summary>
    public IReadOnlyList<TensorEntry> Tensors => _header.Tensors;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="SafetensorsException">The file is missing, unreadable or not sound; the message says which and why.</exception>
    public static SafetensorsFile Open(string path)
    {
        MemoryMappedFile? file = null;
        MemoryMappedViewAccessor? view = null;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var length = stream.Length;
            if (length < SafetensorsHeader.PrefixLength)
                throw Fault($"it has {length} bytes, fewer than the 8 that give the header's length");
            var headerLength = ReadHeaderLength(stream, length);
            var json = new byte[headerLength];
            stream.ReadExactly(json);
            var dataStart = SafetensorsHeader.PrefixLength + (long)headerLength;
            var header = SafetensorsHeader.Parse(json, length - dataStart);
            file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            return new SafetensorsFile(file, view, header, dataStart);
        }
        catch (Exception e) when (e is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            view?.Dispose();
            file?.Dispose();
            throw new SafetensorsException($"'{path}' is refused as a safetensors file: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Finds a tensor by its key.</summary>
    public bool TryGet(string name, out TensorEntry entry)
    {
        var found = _byName.TryGetValue(name, out var value);
        entry = value!;
        return found;
    }

    /// <summary>Copies bytes of a tensor.</summary>
    /// <param name="entry">A tensor of this file.</param>
    /// <param name="offset">First byte, counted within the tensor.</param>
    /// <param name="destination">Filled completely.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bytes are not all within the tensor.</exception>
    public void Read(TensorEntry entry, long offset, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!_byName.TryGetValue(entry.Name, out var own) || own.Offset != entry.Offset || own.Length != entry.Length)
            throw new ArgumentException($"Tensor '{entry.Name}' is not of this file.", nameof(entry));
        if (offset < 0 || offset > own.Length || destination.Length > own.Length - offset)
            throw new ArgumentOutOfRangeException(nameof(offset), string.Create(CultureInfo.InvariantCulture, $"Bytes {offset} to {offset + destination.Length} are not within tensor '{own.Name}' of {own.Length} bytes."));
        Copy(_view.SafeMemoryMappedViewHandle, _dataStart + own.Offset + offset, destination);
    }

    /// <summary>All bytes of a tensor.</summary>
    /// <exception cref="SafetensorsException">There is no such tensor, or it does not fit an array.</exception>
    public byte[] ReadBytes(string name) => ReadArray<byte>(Get(name));

    /// <summary>All elements of a tensor (BF16 as <see cref="ushort"/>, BOOL as <see cref="byte"/>).</summary>
    /// <exception cref="SafetensorsException">There is no such tensor, its elements are of another type, or it does not fit an array.</exception>
    public T[] ReadAs<T>(string name)
        where T : unmanaged
    {
        var entry = Get(name);
        return entry.Type.Element() == typeof(T)
            ? ReadArray<T>(entry)
            : throw new SafetensorsException($"Tensor '{name}' has elements of {entry.Type.FormatName()}; they cannot be read as {typeof(T).Name}.");
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static int ReadHeaderLength(FileStream stream, long length)
    {
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixLength];
        stream.ReadExactly(prefix);
        var declared = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (declared > SafetensorsHeader.MaxLength)
            throw Fault($"its header is said to have {declared} bytes; at most {SafetensorsHeader.MaxLength} are allowed");
        if (declared > (ulong)(length - SafetensorsHeader.PrefixLength))
            throw Fault($"its header is said to have {declared} bytes, but only {length - SafetensorsHeader.PrefixLength} follow");
        return (int)declared;
    }

    private TensorEntry Get(string name) =>
        TryGet(name, out var entry) ? entry : throw new SafetensorsException($"There is no tensor '{name}' among the {Tensors.Count} of the file.");

    private unsafe T[] ReadArray<T>(TensorEntry entry)
        where T : unmanaged
    {
        var count = entry.Length / sizeof(T);
        if (count > Array.MaxLength)
            throw new SafetensorsException(string.Create(CultureInfo.InvariantCulture, $"Tensor '{entry.Name}' has {count} elements, more than an array holds; read it in parts."));
        var elements = new T[count];
        const int Part = 1 << 26; // Elements a copy: a span of bytes ends at 2 GiB.
        for (var from = 0; from < elements.Length; from += Part)
        {
            var part = elements.AsSpan(from, Math.Min(Part, elements.Length - from));
            Read(entry, (long)from * sizeof(T), MemoryMarshal.AsBytes(part));
        }
        return elements;
    }

    private static unsafe void Copy(SafeMemoryMappedViewHandle view, long position, Span<byte> destination)
    {
        byte* start = null;
        try
        {
            view.AcquirePointer(ref start); // Throws when the file was disposed of, and keeps it mapped until released.
            new ReadOnlySpan<byte>(start + position, destination.Length).CopyTo(destination);
        }
        finally
        {
            if (start is not null)
                view.ReleasePointer();
        }
    }

    private static SafetensorsException Fault(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));
}
