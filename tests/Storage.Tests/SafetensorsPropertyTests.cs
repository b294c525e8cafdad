using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using CsCheck;

namespace CatGan.Storage.Tests;

/// <summary>Whatever the bytes: a file is refused with a <see cref="SafetensorsException"/>, or is sound throughout.</summary>
public sealed class SafetensorsPropertyTests : IDisposable
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ",", "\"a\"", "\"b\"", "\"__metadata__\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"U8\"", "\"F32\"",
        "0", "1", "4", "-1", "18446744073709551615", "9223372036854775807", "1e3", "null", "\"\\ud800\"", " ",
        "\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}", "\"b\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[4,5]}",
    ];

    private readonly TemporaryFolder _folder = new();
    private int _files;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_RandomBytes_RefusesOrIsSound() => Gen.Byte.Array[0, 200].Sample(Check, iter: 300, threads: 1);

    [Fact]
    public void Open_RandomHeaderOfPlausiblePieces_RefusesOrIsSound() =>
        Gen.Select(Gen.Int[0, Pieces.Length - 1].Array[0, 12], Gen.Int[0, 9], Gen.Bool).Sample(
            (pieces, data, braces) =>
            {
                var json = string.Concat(pieces.Select(i => Pieces[i]));
                Check(File(braces ? "{" + json + "}" : json, new byte[data]));
            },
            iter: 1500, threads: 1);

    [Fact]
    public void Open_MutatedValidFile_RefusesOrIsSound()
    {
        var mutation = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 100_000], Gen.Byte);
        Gen.Select(ValidFile, mutation.Array[1, 3]).Sample(
            (file, mutations) =>
            {
                var bytes = file.ToList();
                foreach (var (kind, at, value) in mutations)
                    Mutate(bytes, kind, at % (bytes.Count + 1), value);
                Check([.. bytes]);
            },
            iter: 1500, threads: 1);
    }

    [Fact]
    public void Open_ValidFile_IsAccepted() => ValidFile.Sample(bytes => Assert.True(Accepts(bytes)), iter: 200, threads: 1);

    private static Gen<byte[]> ValidFile { get; } =
        Gen.Select(Gen.Select(Gen.Enum<SafetensorsType>(), Gen.Long[0, 4].Array[0, 3]).Array[0, 4], Gen.Dictionary(Gen.String[Gen.Char.AlphaNumeric, 0, 4], Gen.String[Gen.Char.AlphaNumeric, 0, 4])[0, 2])
            .Select((tensors, metadata) => Write([.. tensors.Select((t, i) => new TensorSpec($"t{i}", t.Item1, [.. t.Item2]))], metadata, null));

    private static void Mutate(List<byte> bytes, int kind, int at, byte value)
    {
        if (kind == 0 || at == bytes.Count)
            bytes.Insert(at, value);
        else if (kind == 1)
            bytes.RemoveAt(at);
        else
            bytes[at] ^= value;
    }

    private static byte[] File(string json, byte[] data)
    {
        var header = Encoding.UTF8.GetBytes(json);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        return [.. prefix, .. header, .. data];
    }

    private static byte[] Write(ImmutableArray<TensorSpec> tensors, IReadOnlyDictionary<string, string> metadata, Func<string, byte[]>? content)
    {
        using var stream = new MemoryStream();
        var writer = SafetensorsWriter.CreateAsync(stream, tensors, metadata, CancellationToken.None).GetAwaiter().GetResult();
        foreach (var tensor in tensors)
            writer.WriteAsync(content?.Invoke(tensor.Name) ?? new byte[tensor.Length], CancellationToken.None).AsTask().GetAwaiter().GetResult();
        writer.CompleteAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return stream.ToArray();
    }

    private void Check(byte[] bytes) => Accepts(bytes);

    /// <summary>False when refused; when accepted, every tensor is readable, and written again it is the same.</summary>
    private bool Accepts(byte[] bytes)
    {
        var path = _folder[$"f{_files++ % 4}"];
        System.IO.File.WriteAllBytes(path, bytes);
        SafetensorsFile file;
        try
        {
            file = SafetensorsFile.Open(path);
        }
        catch (SafetensorsException)
        {
            return false;
        }
        using (file)
        {
            Assert.Equal(bytes.Length, file.Tensors.Sum(t => t.Length) + 8 + BinaryPrimitives.ReadInt64LittleEndian(bytes));
            var ordered = file.Tensors.OrderBy(t => t.Offset).ThenBy(t => t.Length).ToList();
            var again = Write([.. ordered.Select(t => new TensorSpec(t.Name, t.Type, t.Shape))], file.Metadata, file.ReadBytes);
            CheckSame(file, ordered, again);
        }
        return true;
    }

    private void CheckSame(SafetensorsFile file, List<TensorEntry> ordered, byte[] again)
    {
        System.IO.File.WriteAllBytes(_folder["again"], again);
        using var copy = SafetensorsFile.Open(_folder["again"]);
        Assert.Equal(file.Metadata, copy.Metadata);
        Assert.Equal(ordered.Select(t => (t.Name, t.Type, t.Offset, t.Length)), copy.Tensors.Select(t => (t.Name, t.Type, t.Offset, t.Length)));
        foreach (var tensor in ordered)
            Assert.Equal(file.ReadBytes(tensor.Name), copy.ReadBytes(tensor.Name));
    }
}
