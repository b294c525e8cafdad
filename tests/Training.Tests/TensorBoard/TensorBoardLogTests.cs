using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using CatGan.Abstractions.Experiments;
using CatGan.Training.TensorBoard;

namespace CatGan.Training.Tests.TensorBoard;

public sealed class TensorBoardLogTests
{
    [Fact]
    public void Add_ScoredReport_IsInAWellFormedEventFileAtOnce()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var log = new TensorBoardLog(Path.Combine(folder, "events"));
        var score = new Score(12.5, 3.5, 0.1, 256, 32) { Parts = [12, 13] };
        log.Add(new CurvePoint
        {
            Images = 6400,
            Updates = 100,
            LossD = 0.75,
            Scores = ImmutableSortedDictionary<string, Score>.Empty.Add("swd", score),
        });

        var records = Records(File.ReadAllBytes(Directory.GetFiles(Path.Combine(folder, "events"), "events.out.tfevents.*").Single()));

        Assert.Contains("brain.Event:2", records[0], StringComparison.Ordinal);
        string[] tags = ["loss/discriminator", "swd/quick", "swd/quick_floor", "swd/quick_part_1"];
        Assert.All(tags, tag => Assert.Contains(records, record => record.Contains(tag, StringComparison.Ordinal)));
        Assert.DoesNotContain(records, record => record.Contains("loss/generator", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    // TFRecord: length, its masked CRC-32C, data, its masked CRC-32C.
    private static List<string> Records(byte[] file)
    {
        List<string> records = [];
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            Assert.Equal(Masked(file.AsSpan(at + 12, length)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(Encoding.Latin1.GetString(file, at + 12, length));
            at += 16 + length;
        }

        return records;
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
