using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace CatGan.Storage.Tests;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WriteAndRead_AllTypes_GiveTheSameBack()
    {
        TensorSpec[] specs = [.. Enum.GetValues<SafetensorsType>().Select((type, i) => new TensorSpec($"t.{i}", type, [2, i])), new("scalar", SafetensorsType.F32, [])];
        var data = new byte[specs.Sum(s => s.Length)];
        new Random(3).NextBytes(data);
        await WriteAsync(specs, data, new Dictionary<string, string> { ["wo"] = "Käse \"\n" });

        using var file = SafetensorsFile.Open(_folder["f"]);
        Assert.Equal("Käse \"\n", file.Metadata["wo"]);
        Assert.Equal(specs.Select(s => s.Name), file.Tensors.Select(t => t.Name));
        foreach (var (spec, entry) in specs.Zip(file.Tensors))
        {
            Assert.Equal(spec.Type, entry.Type);
            Assert.Equal(spec.Shape.AsEnumerable(), entry.Shape);
            Assert.Equal(data[(int)entry.Offset..(int)(entry.Offset + entry.Length)], file.ReadBytes(spec.Name));
        }
    }

    [Fact]
    public async Task ReadAs_ElementTypes_AreChecked()
    {
        float[] values = [1.5f, -2, float.NaN, 4];
        await WriteAsync([new("a", SafetensorsType.F32, [2, 2])], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        using var file = SafetensorsFile.Open(_folder["f"]);
        Assert.Equal(values, file.ReadAs<float>("a"));
        Assert.Contains("F32", Assert.Throws<SafetensorsException>(() => file.ReadAs<int>("a")).Message, StringComparison.Ordinal);
        Assert.Contains("'b'", Assert.Throws<SafetensorsException>(() => file.ReadAs<int>("b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OutsideTheTensor_IsRefused()
    {
        await WriteAsync([new("a", SafetensorsType.U8, [4]), new("b", SafetensorsType.U8, [4])], [1, 2, 3, 4, 5, 6, 7, 8]);
        using var file = SafetensorsFile.Open(_folder["f"]);
        Assert.True(file.TryGet("a", out var a));
        var part = new byte[2];
        file.Read(a, 2, part);
        Assert.Equal([3, 4], part);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(a, 3, part));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(a, -1, part));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(a, long.MaxValue, part));
        Assert.Throws<ArgumentException>(() => file.Read(a with { Length = 100 }, 3, part));
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Read(a, 0, part));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 3, "ends at byte 4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 5, "1 bytes behind the last tensor")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "overlaps 'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}""", 5, "a hole of 1 bytes before tensor 'b'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "a hole of 1 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "'a' is there twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"\u0061":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "'a' is there twice")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2, "'dtype' twice")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "metadata 'k' is there twice")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "metadata 'k' is not a string")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ is not a JSON object")]
    [InlineData("""{"a":{"dtype":"F8","shape":[2],"data_offsets":[0,2]}}""", 2, "unknown dtype 'F8'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes for F32 [2], but its range has 4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,4]}}""", 4, "not a whole number")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,4]}}""", 4, "not a whole number")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", 4, "begin <= end")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4,8]}}""", 4, "[begin, end]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "larger than any file")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807,9223372036854775807,9223372036854775807],"data_offsets":[0,0]}}""", 0, "larger than any file")]
    [InlineData("""{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,0]}}""", 0, "not a whole number")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[9223372036854775807,9223372036854775807]}}""", 0, "only 0 bytes of data")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4]}}""", 4, "lacks the field 'data_offsets'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"more":1}}""", 4, "unknown field 'more'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[[4]],"data_offsets":[0,4]}}""", 4, "not a whole number")]
    [InlineData("""{"a":4}""", 4, "tensor 'a' is not a JSON object")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "not valid JSON")]
    [InlineData("""{"a":""", 0, "not valid JSON")]
    [InlineData("""{} {}""", 0, "not valid JSON")]
    [InlineData("""[]""", 0, "does not begin with '{'")]
    [InlineData(""" {}""", 0, "does not begin with '{'")]
    [InlineData("", 0, "does not begin with '{'")]
    public void Open_UnsoundHeader_SaysWhichFileAndWhy(string json, int dataLength, string reason) =>
        Refuses([.. Prefix(json.Length), .. Encoding.UTF8.GetBytes(json), .. new byte[dataLength]], reason);

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(7, "7 bytes")]
    public void Open_TooShort_SaysWhy(int length, string reason) => Refuses(new byte[length], reason);

    [Theory]
    [InlineData(3, "only 2 follow")]
    [InlineData(100_000_001, "at most 100000000")]
    [InlineData(-1, "18446744073709551615")]
    public void Open_HeaderLengthBeyondTheFile_SaysWhy(long length, string reason) => Refuses([.. Prefix(length), (byte)'{', (byte)'}'], reason);

    [Fact]
    public void Open_InvalidUtf8_SaysWhy() => Refuses([.. Prefix(5), (byte)'{', (byte)'"', 0xC3, 0x28, (byte)'}'], "UTF-8");

    [Fact]
    public void Open_MissingFile_NamesIt() =>
        Assert.Contains(_folder["none"], Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(_folder["none"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_TensorBeyondTwoGiB_ReadsItsEnd()
    {
        const long Length = (3L << 30) + 5;
        var json = $$$"""{"a":{"dtype":"U8","shape":[{{{Length}}}],"data_offsets":[0,{{{Length}}}]}}""";
        using (var stream = File.Create(_folder["f"]))
        {
            stream.Write(Prefix(json.Length));
            stream.Write(Encoding.UTF8.GetBytes(json));
            stream.Position += Length - 1; // A sparse file: it takes no space.
            stream.WriteByte(42);
        }
        using var file = SafetensorsFile.Open(_folder["f"]);
        var last = new byte[2];
        file.Read(file.Tensors[0], Length - 2, last);
        Assert.Equal([0, 42], last);
        Assert.Contains("in parts", Assert.Throws<SafetensorsException>(() => file.ReadBytes("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_MoreOrFewerBytesThanDeclared_IsRefused()
    {
        using var stream = new MemoryStream();
        await using var writer = await SafetensorsWriter.CreateAsync(stream, [new("a", SafetensorsType.F32, [2])], null, Ct);
        await writer.WriteAsync(new byte[5], Ct);
        await Assert.ThrowsAsync<SafetensorsException>(async () => await writer.CompleteAsync(Ct));
        await Assert.ThrowsAsync<SafetensorsException>(async () => await writer.WriteAsync(new byte[4], Ct));
        await writer.WriteAsync(new byte[3], Ct);
        await writer.CompleteAsync(Ct);
        Assert.Equal(0, (stream.Length - 8) % 8);
    }

    [Fact]
    public async Task Create_ImpossibleTensors_AreRefused()
    {
        await RefusesAsync("'a'", new("a", SafetensorsType.U8, [1]), new("a", SafetensorsType.U8, [1]));
        await RefusesAsync("reserved", new TensorSpec("__metadata__", SafetensorsType.U8, [1]));
        await RefusesAsync("negative", new TensorSpec("a", SafetensorsType.U8, [-1]));
        await RefusesAsync("no shape", new TensorSpec("a", SafetensorsType.U8, default));
        await RefusesAsync("larger", new TensorSpec("a", SafetensorsType.F64, [long.MaxValue]));
        await RefusesAsync("larger", new("a", SafetensorsType.U8, [long.MaxValue]), new("b", SafetensorsType.U8, [1]));
        await RefusesAsync("Unicode", new TensorSpec("\ud800", SafetensorsType.U8, [1]));
    }

    private static async Task RefusesAsync(string reason, params TensorSpec[] tensors)
    {
        using var stream = new MemoryStream();
        var thrown = await Assert.ThrowsAsync<SafetensorsException>(() => SafetensorsWriter.CreateAsync(stream, tensors, null, Ct));
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    private static byte[] Prefix(long length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }

    private void Refuses(byte[] content, string reason)
    {
        File.WriteAllBytes(_folder["f"], content);
        var thrown = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(_folder["f"]).Dispose());
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(_folder["f"], thrown.Message, StringComparison.Ordinal);
    }

    private async Task WriteAsync(IReadOnlyList<TensorSpec> tensors, byte[] data, Dictionary<string, string>? metadata = null)
    {
        await using var stream = File.Create(_folder["f"]);
        await using var writer = await SafetensorsWriter.CreateAsync(stream, tensors, metadata, Ct);
        for (var at = 0; at < data.Length; at += 7)
            await writer.WriteAsync(data.AsMemory(at, Math.Min(7, data.Length - at)), Ct);
        await writer.CompleteAsync(Ct);
    }
}
