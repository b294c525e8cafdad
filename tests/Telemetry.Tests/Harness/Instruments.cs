using System.Diagnostics.Metrics;
using System.Text;
using CatGan.Abstractions.Telemetry;
using CatGan.Grains;
using CatGan.Grains.Telemetry;
using CatGan.Grains.Workers;
using CatGan.Training;
using CatGan.Training.Telemetry;

namespace CatGan.Telemetry.Tests.Harness;

/// <summary>The instruments that the code makes, read from the runtime: what every catalogue registers at its meter.</summary>
internal static class Instruments
{
    public static IReadOnlyList<Instrument> All { get; } = Gather();

    /// <summary>What kind docs/telemetry.md calls it.</summary>
    public static string Kind(Instrument instrument)
    {
        string name = instrument.GetType().Name;
        return name.Contains("UpDownCounter", StringComparison.Ordinal) ? "up-down counter"
            : name.Contains("Counter", StringComparison.Ordinal) ? "counter"
            : name.Contains("Histogram", StringComparison.Ordinal) ? "histogram"
            : "gauge";
    }

    /// <summary>Its name in Prometheus, as the exporter makes it: unit and kind at the end.</summary>
    public static string Prometheus(Instrument instrument)
    {
        StringBuilder name = new(instrument.Name.Replace('.', '_'));
        string kind = Kind(instrument);
        string? unit = instrument.Unit switch { "s" => "seconds", "By" => "bytes", _ => null };
        if (unit is not null)
            name.Append('_').Append(unit);
        return name.Append(kind == "counter" ? "_total" : "").ToString();
    }

    private static List<Instrument> Gather()
    {
        List<Instrument> found = [];
        using Factory factory = new();
        using MeterListener listener = new() { InstrumentPublished = (instrument, _) => found.Add(instrument) };
        GrainsTiming timing = new();
        _ = new TrainingMeters(factory.Create(new MeterOptions(TelemetryNames.CatGan)));
        _ = new GrainsMeters(factory);
        _ = new SiloGauges(factory, new WorkerOptions { Silo = "s", Devices = [] }, new MachineUse(timing.Time), timing, new LiveSweeps(timing));
        listener.Start();
        return [.. found.Where(i => i.Meter.Scope == factory).OrderBy(i => i.Name, StringComparer.Ordinal)];
    }

    private sealed class Factory : IMeterFactory
    {
        private Meter? _meter;

        public Meter Create(MeterOptions options) => _meter ??= new Meter(new MeterOptions(options.Name) { Scope = this });

        public void Dispose()
        {
            // The instruments are still to be looked at.
        }
    }
}
