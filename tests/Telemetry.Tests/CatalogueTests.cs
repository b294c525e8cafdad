using System.Text.RegularExpressions;
using CatGan.Abstractions.Telemetry;
using CatGan.Cluster.Tests.Harness;
using CatGan.Telemetry.Tests.Harness;

namespace CatGan.Telemetry.Tests;

/// <summary>docs/telemetry.md and OpenTelemetry's conventions against what the code makes.</summary>
public partial class CatalogueTests
{
    private static readonly string[] Units = ["1", "s", "By"];

    [Fact]
    public void Docs_TableOfInstruments_IsExactlyWhatTheCodeMakes()
    {
        string[] documented = [.. Rows().Select(r => $"{r["name"]} | {r["kind"]} | {r["unit"]} | {r["prometheus"]} | {r["meaning"]}").Order(StringComparer.Ordinal)];
        string[] made = [.. Instruments.All.Select(i => $"{i.Name} | {Instruments.Kind(i)} | {i.Unit} | {Instruments.Prometheus(i)} | {i.Description}").Order(StringComparer.Ordinal)];
        Assert.Equal(made, documented);
    }

    [Fact]
    public void Docs_LabelsOfInstruments_AreKnownOnes() => Assert.All(
        Rows().SelectMany(r => Labels(r["labels"])), label => Assert.Contains(TelemetryNames.Prefix + label, TelemetryNames.Labels));

    [Fact]
    public void Instruments_Names_FollowTheConventions() => Assert.All(Instruments.All, instrument =>
    {
        Assert.Matches("^catgan(\\.[a-z_]+)+$", instrument.Name);
        Assert.True(Units.Contains(instrument.Unit) || Annotation().IsMatch(instrument.Unit ?? ""), $"{instrument.Name} has the unit {instrument.Unit}");
        // A unit is no part of a name, and a counter's name has no total of its own.
        Assert.DoesNotMatch("(seconds|bytes|ratio|total)$", instrument.Name);
        Assert.False(string.IsNullOrWhiteSpace(instrument.Description));
    });

    [Fact]
    public void Instruments_Names_AreEachMadeOnce() => Assert.Equal(Instruments.All.Count, Instruments.All.Select(i => i.Name).Distinct().Count());

    // Where an instrument is named, no other one is below it: what is a leaf for one reader is a folder for another.
    [Fact]
    public void Instruments_NoName_IsTheBeginningOfAnother() => Assert.All(Instruments.All, instrument =>
        Assert.DoesNotContain(Instruments.All, other => other.Name.StartsWith(instrument.Name + ".", StringComparison.Ordinal)));

    [Fact]
    public void Labels_Names_AreFewAndNameNoSweepAndNoExperiment()
    {
        Assert.All(TelemetryNames.Labels, label => Assert.StartsWith(TelemetryNames.Prefix, label, StringComparison.Ordinal));
        Assert.DoesNotContain(TelemetryNames.Sweep, TelemetryNames.Labels);
        Assert.DoesNotContain(TelemetryNames.Experiment, TelemetryNames.Labels);
        Assert.DoesNotContain(TelemetryNames.Epoch, TelemetryNames.Labels);
    }

    /// <summary>The rows of the page's table, by column.</summary>
    internal static IEnumerable<IReadOnlyDictionary<string, string>> Rows() =>
        from line in File.ReadLines(Programs.Folder("docs", "telemetry.md"))
        where line.StartsWith("| `catgan.", StringComparison.Ordinal)
        let cells = line.Trim('|', ' ').Split(" | ").Select(c => c.Trim().Trim('`')).ToArray()
        where cells.Length == 6
        select new Dictionary<string, string>
        {
            ["name"] = cells[0],
            ["kind"] = cells[1],
            ["unit"] = cells[2],
            ["labels"] = cells[3],
            ["prometheus"] = cells[4],
            ["meaning"] = cells[5],
        };

    /// <summary>The labels of a row, without their common beginning.</summary>
    internal static IEnumerable<string> Labels(string cell) => cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(l => l.Trim('`', '–')).Where(l => l.Length > 0);

    [GeneratedRegex(@"^\{[a-z]+\}$")]
    private static partial Regex Annotation();
}
