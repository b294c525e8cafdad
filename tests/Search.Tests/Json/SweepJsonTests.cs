using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class SweepJsonTests
{
    /// <summary>A definition with nothing left at its default.</summary>
    private static readonly SweepDefinition _full = Small with
    {
        Note = "all kinds of parameters",
        Tags = ["a", "b"],
        DatasetHashes = ImmutableSortedDictionary<int, string>.Empty.Add(32, "abc").Add(64, "def"),
        BudgetTime = TimeSpan.FromMinutes(10),
        Objective = new("ms_ssim", false),
        Sampler = new("tpe", ImmutableSortedDictionary<string, string>.Empty.Add("startup", "5")),
        Configurations = 7,
        Repeats = 3,
        Seed = long.MaxValue,
        Space = Space(
            new ChoiceParameter("preset", ["dcgan", "wgan"]),
            new FixedParameter("size", "32"),
            new UniformParameter("beta1", 0, 0.9, 3),
            new LogUniformParameter("lr_d", 1e-5, 1e-3),
            new IntParameter("n_critic", 1, 10, true, 4) { When = [new("preset", ["wgan"])] }),
        Also = [Point(("preset", "dcgan"), ("lr_d", "5e-5"))],
        WarmStart = ["earlier-1"],
        Warm = [new(Point(("preset", "dcgan")), 0.5, 0.25, "earlier-1"), new(Point(("preset", "wgan")), null, 1, "earlier-1")],
        Pruner = PrunerChoice.Of("asha"),
        Patience = 2,
        Slots = 4,
        StopOn = ["stuck"],
        TensorBoard = true,
        Weight = 2.5,
        Keep = new(3, 1, 5),
        Webhook = new("https://example.org/catgan", "CATGAN_KEY", ["finished"]),
    };

    public static TheoryData<SweepEvent> Events =>
    [
        new SweepSubmitted(Noon, _full, 2),
        new CapacityChanged(Noon.AddTicks(1), 3),
        Started(1),
        Lost(1),
        Saved(1, 250),
        Rung(1, 250, double.NaN),
        Ended(1, 0.1 + 0.2, ExperimentOutcome.OutOfMemory, reason: "batch 64 needs 9 GB") with { Flags = ImmutableSortedDictionary<string, string>.Empty.Add("stuck", "why") },
        Ended(1, null),
        new CheckpointsDeleted(Noon, 1, ["a", "b"]),
        new PauseRequested(Noon),
        new Resumed(Noon),
        new CancelRequested(Noon, "enough \"already\"\nsaid"),
        new ExperimentPauseRequested(Noon, 1),
        new ExperimentResumed(Noon, 1),
        new ExperimentCancelRequested(Noon, 1, "enough"),
        new ExperimentRetried(Noon, 1, Fresh: true),
        new SweepExtended(Noon, 2000, 9) { BudgetTime = TimeSpan.FromHours(1) },
        new ShareChanged(Noon, 2.5, 3),
        new TagsChanged(Noon, ["a", "b"], "why"),
        new CheckpointPinned(Noon, 1, "a"),
        new CheckpointUnpinned(Noon, 1, "a"),
        new NoticeClosed(Noon, 1, "given up"),
        new NoticeClosed(Noon, 1),
        new MarkerRenewed(Noon, 2),
        new SweepExtended(Noon),
        new ShareChanged(Noon, 1),
        new TagsChanged(Noon, []),
        new SweepSubmitted(Noon, Small with { Webhook = new("https://example.org", null, ["failed"]) }, 2),
    ];

    [Fact]
    public void Write_Definition_ReadsBackAsTheSame()
    {
        Assert.Empty(_full.Faults());
        SweepDefinition read = SweepJson.Read(SweepJson.Write(_full));
        Assert.Equal(SweepJson.Write(_full), SweepJson.Write(read));
        Assert.Equal(_full.Preview(), read.Preview());
    }

    [Fact]
    public void Write_Definition_LeavesNothingOut()
    {
        // Whatever a definition has must be in its JSON, or a silo would run on a default of its own.
        IEnumerable<string> expected = typeof(SweepDefinition).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null).Select(p => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name));
        using var json = System.Text.Json.JsonDocument.Parse(SweepJson.Write(_full));
        Assert.Equal(expected.Order(StringComparer.Ordinal), json.RootElement.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Write_Event_IsOneLineAndReadsBackAsTheSame(SweepEvent sweepEvent)
    {
        byte[] line = SweepEvents.Write(sweepEvent);
        Assert.DoesNotContain((byte)'\n', line);
        SweepEvent read = SweepEvents.Read(line);
        Assert.IsType(sweepEvent.GetType(), read);
        Assert.Equal(Encoding.UTF8.GetString(line), Encoding.UTF8.GetString(SweepEvents.Write(read)));
    }

    [Fact]
    public void Write_EveryKindOfEvent_IsTested()
    {
        IEnumerable<Type> known = typeof(SweepEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType);
        IEnumerable<Type> concrete = typeof(SweepEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SweepEvent)) && !t.IsAbstract);
        Assert.Equal(concrete.Select(t => t.Name).Order(StringComparer.Ordinal), known.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(known.Select(t => t.Name).Order(StringComparer.Ordinal), Events.Select(e => e.Data.GetType().Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_Event_KeepsTheNamesOfTheFormat() => Assert.Equal(
        """{"type":"rung_reached","images":250,"scores":{"swd":0.5},"epoch":2,"number":1,"at":"2026-01-01T12:00:00+00:00"}""",
        Encoding.UTF8.GetString(SweepEvents.Write(Rung(1, 250, 0.5, epoch: 2))));

    [Theory]
    [InlineData("""{"type":"resumed","at":"2026-01-01T12:00:00+00:00","by":"me"}""", "by")]
    [InlineData("""{"type":"resurrected","at":"2026-01-01T12:00:00+00:00"}""", "resurrected")]
    [InlineData("""{"type":"attempt_started","at":"2026-01-01T12:00:00+00:00","number":1,"epoch":1}""", "worker")]
    [InlineData("""{"type":"attempt_started","at":"2026-01-01T12:00:00+00:00","number":1,"epoch":1,"worker":null}""", "worker")]
    [InlineData("""{"at":"2026-01-01T12:00:00+00:00"}""", "type")]
    [InlineData("""{"type":"resu""", "end of data")]
    [InlineData("null", "null")]
    public void Read_LineThatIsNoEvent_SaysWhatIsWrong(string line, string named)
    {
        SweepFormatException e = Assert.Throws<SweepFormatException>(() => SweepEvents.Read(Encoding.UTF8.GetBytes(line)));
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"patience\":2", "\"patients\":2", "patients")]
    [InlineData("\"dataset\":", "\"datasheet\":", "datasheet")]
    [InlineData("\"kind\":\"uniform\"", "\"kind\":\"normal\"", "normal")]
    [InlineData("\"tags\":[\"a\",\"b\"]", "\"tags\":null", "tags")]
    [InlineData("\"values\":[\"wgan\"]", "\"valves\":[\"wgan\"]", "valves")]
    public void Read_DefinitionWithAnotherField_NamesIt(string before, string after, string named)
    {
        string json = SweepJson.Write(_full);
        Assert.Contains(before, json, StringComparison.Ordinal);
        SweepFormatException e = Assert.Throws<SweepFormatException>(() => SweepJson.Read(json.Replace(before, after, StringComparison.Ordinal)));
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_SnapshotOfAnotherVersion_SaysWhich()
    {
        string snapshot = Encoding.UTF8.GetString(Start(Small).Snapshot()).Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal);
        SweepFormatException e = Assert.Throws<SweepFormatException>(() => Sweep.Restore(Encoding.UTF8.GetBytes(snapshot)));
        Assert.Equal("The snapshot has version 2, but this program reads version 1.", e.Message);
    }
}
