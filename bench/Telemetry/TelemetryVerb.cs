using System.CommandLine;
using System.Diagnostics.Metrics;
using System.Text.Json;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Telemetry;
using CatGan.Datasets;
using CatGan.Training.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace CatGan.Bench.Telemetry;

/// <summary>Training with its instruments heard and sent each second, against training without any, in turns, in one process.</summary>
internal sealed class TelemetryVerb : IVerb
{
    /// <summary>The least that throughput with telemetry may be of that without.</summary>
    public const double Asked = 0.99;

    private const string Path = "v1/metrics";
    private const int ExportEvery = 1000; // ms; 60 times as often as by default

    public Command Command()
    {
        Option<long> images = new("--images") { Description = "Images of each turn.", DefaultValueFactory = _ => 3_840 };
        Option<int> turns = new("--turns") { Description = "Turns of each of the four.", DefaultValueFactory = _ => 60 };
        Option<int> threads = new("--threads") { Description = "Torch threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
        // Much more often than a sweep's, so that a cost shows that is too small to be seen otherwise.
        Option<long> reportEvery = new("--report-every") { Description = "Images between reports; a sweep's are at least 2,000 by default.", DefaultValueFactory = _ => 64 };
        Command command = new("telemetry", "Images a second with telemetry off, on with a collector, on without one; sent each second, 32x32 hidden 16.") { images, turns, threads, reportEvery };
        command.Subcommands.Add(SiloTurns.Command());
        command.SetAction(parsed => Compare(parsed.GetValue(images), parsed.GetValue(turns), parsed.GetValue(threads), parsed.GetValue(reportEvery)));
        return command;
    }

    private static int Compare(long images, int turns, int threads, long reportEvery)
    {
        ExperimentOptions options = Sizes.Small.Of(Presets.Find("dcgan")!);
        using PictureSet data = BenchPictures.Open(options.Size);
        using Collector collector = new();
        (string Name, Uri? Endpoint)[] ways = [("off", null), ("off_again", null), ("collector", new Uri(collector.Address, Path)), ("no_collector", new Uri($"http://127.0.0.1:{Collector.FreePort()}/{Path}"))];
        Dictionary<string, List<double>> seconds = ways.ToDictionary(w => w.Name, _ => new List<double>());
        Dictionary<string, TimeSpan> cpu = ways.ToDictionary(w => w.Name, _ => TimeSpan.Zero);
        Train(options, data, images * 2, threads, reportEvery, null); // warm up
        for (int turn = 0; turn < turns; turn++)
        {
            // Each goes first as often as the others: a machine that slows down favours none.
            foreach ((string name, Uri? endpoint) in ways.Skip(turn % ways.Length).Concat(ways.Take(turn % ways.Length)))
            {
                TimeSpan before = Environment.CpuUsage.TotalTime;
                seconds[name].Add(Train(options, data, images, threads, reportEvery, endpoint));
                cpu[name] += Environment.CpuUsage.TotalTime - before;
            }
        }
        bool met = true;
        foreach ((string name, _) in ways.Skip(1))
        {
            Ratio ratio = Ratio.Of(seconds["off"], seconds[name]);
            met &= name == "off_again" || ratio.MayBe(Asked);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                telemetry = name,
                images,
                turns,
                threads,
                report_every = reportEvery,
                images_per_second = Math.Round(images / Ratio.Median(seconds[name]), 1),
                images_per_second_off = Math.Round(images / Ratio.Median(seconds["off"]), 1),
                ratio = Math.Round(ratio.Value, 4),
                ratio_plus_minus = Math.Round(ratio.PlusMinus, 4),
                cpu_ratio = Math.Round(cpu["off"] / cpu[name], 4),
                requests = name == "collector" ? collector.Requests : 0,
            }));
        }
        return met ? 0 : 1;
    }

    private static double Train(ExperimentOptions options, PictureSet data, long images, int threads, long reportEvery, Uri? endpoint)
    {
        if (endpoint is null)
            return TrainerRun.Seconds(options, data, images, threads, reportEvery);
        using Meter meter = new(TelemetryNames.CatGan);
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(TelemetryNames.CatGan)
            .AddOtlpExporter((exporter, reader) =>
            {
                (exporter.Protocol, exporter.Endpoint) = (OtlpExportProtocol.HttpProtobuf, endpoint);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = ExportEvery;
            })
            .Build();
        return TrainerRun.Seconds(options, data, images, threads, reportEvery, meters: new TrainingMeters(meter));
    }
}
