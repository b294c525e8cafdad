using System.Globalization;
using System.Text;
using System.Text.Json;
using CatGan.Coordinator.Results;
using CatGan.Search;
using Parquet;

namespace CatGan.Coordinator.Tests.Results;

public sealed class ResultsTests : IDisposable
{
    private const string Reason = "Out of \"memory\",\r\nhalve batch; a comma, too";
    private readonly TemporaryStore temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task WriteCsv_Results_HasARowAnExperimentWithTypedValues()
    {
        List<string[]> rows = Csv(await ReadAsync());
        Assert.Equal(4, rows.Count);
        Assert.All(rows, r => Assert.Equal(rows[0].Length, r.Length));
        Assert.Equal(["1", "0", "dcgan", "DCGAN", "0.0002", "60000", "10", "2", "1", "completed"], Pick(rows, 1, "experiment", "configuration", "preset", "variant", "lr_g", "images", "best", "best_times_floor", "rank", "outcome"));
        Assert.Equal(["out_of_memory", Reason, "stuck", "", ""], Pick(rows, 2, "outcome", "reason", "flags", "best", "rank"));
        Assert.Equal(["waiting", "", "", "0.01"], Pick(rows, 3, "phase", "outcome", "images_per_second", "clip"));
        Assert.Equal("", Pick(rows, 1, "clip")[0]);
    }

    [Fact]
    public async Task WriteJson_Results_SaysWhatTheCsvSays()
    {
        SweepRecord sweep = await ReadAsync();
        using MemoryStream stream = new();
        ResultsWriter.WriteJson(stream, ResultTable.Of(sweep));
        JsonElement[] objects = [.. JsonDocument.Parse(stream.ToArray()).RootElement.EnumerateArray()];
        List<string[]> rows = Csv(sweep);
        for (int i = 0; i < objects.Length; i++)
        {
            string[] values = [.. objects[i].EnumerateObject().Select(p => p.Value.ValueKind == JsonValueKind.Null ? "" : Text(p.Value))];
            Assert.Equal(rows[0], objects[i].EnumerateObject().Select(p => p.Name));
            Assert.Equal(rows[i + 1], values);
        }
        Assert.Equal(JsonValueKind.Number, objects[0].GetProperty("lr_d").ValueKind);
        Assert.Equal(JsonValueKind.False, objects[0].GetProperty("selu").ValueKind);
    }

    [Fact]
    public async Task WriteParquet_Results_ReadsBackTyped()
    {
        SweepRecord sweep = await ReadAsync();
        using MemoryStream stream = new();
        await ParquetResults.WriteAsync(stream, ResultTable.Of(sweep), CancellationToken.None);
        stream.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream);
        Assert.Equal(Csv(sweep)[0], reader.Schema.GetDataFields().Select(f => f.Name));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        Assert.Equal(3, group.RowCount);
        double?[] best = new double?[3];
        await group.ReadAsync<double>(reader.Schema.FindDataField("best"), best);
        Assert.Equal([10.0, null, null], best);
        long?[] ranks = new long?[3];
        await group.ReadAsync<long>(reader.Schema.FindDataField("rank"), ranks);
        Assert.Equal([1L, null, null], ranks);
        string[] reasons = new string[3];
        await group.ReadAsync(reader.Schema.FindDataField("reason"), reasons);
        Assert.Equal([null, Reason, null], reasons);
    }

    [Fact]
    public async Task WriteParquet_NothingHasANumberYet_IsStillAFile()
    {
        await FakeSweep.StartAsync(temporary.Store, FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"))]));
        using MemoryStream stream = new();
        await ParquetResults.WriteAsync(stream, ResultTable.Of((await new SweepReader(temporary.Store).ReadAsync("cats-1", CancellationToken.None))!), CancellationToken.None);
        stream.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream);
        Assert.Equal(1, reader.RowGroupCount);
    }

    private async Task<SweepRecord> ReadAsync()
    {
        FakeSweep sweep = await FakeSweep.StartAsync(
            temporary.Store, FakeSweep.Define([.. new[] { "dcgan", "lsgan", "wgan" }.Select(p => FakeSweep.Point(("preset", p)))]));
        await sweep.BeginAsync(1);
        await sweep.CurveAsync(1, 1, FakeSweep.Report(60_000, 10, full: true));
        await sweep.EndAsync(1, 60_000, 10);
        await sweep.BeginAsync(2);
        await sweep.EndAsync(2, 2_000, null, ExperimentOutcome.OutOfMemory, Reason, flags: ("stuck", "G is frozen."));
        return (await new SweepReader(temporary.Store).ReadAsync("cats-1", CancellationToken.None))!;
    }

    private static string[] Pick(List<string[]> rows, int row, params string[] columns) => [.. columns.Select(c => rows[row][Array.IndexOf(rows[0], c)])];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    /// <summary>A reader of RFC 4180, written apart from the writer.</summary>
    private static List<string[]> Csv(SweepRecord sweep)
    {
        StringWriter writer = new();
        ResultsWriter.WriteCsv(writer, ResultTable.Of(sweep));
        List<string[]> rows = [];
        List<string> row = [];
        StringBuilder field = new();
        bool quoted = false;
        string text = writer.ToString();
        for (int i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[i++]);
            else if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] is ',' or '\n')
                End(text[i] == '\n');
            else if (quoted || text[i] != '\r')
                field.Append(text[i]);
        }
        return rows;

        void End(bool line)
        {
            row.Add(field.ToString());
            field.Clear();
            if (!line)
                return;
            rows.Add([.. row]);
            row.Clear();
        }
    }
}
