using System.CommandLine;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Telemetry;
using CatGan.Datasets;
using CatGan.Training.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace CatGan.Bench;

/// <summary>Training with its instruments heard and sent each second, against training without any, in turns, in one process.</summary>
internal sealed class TelemetryVerb : IVerb
{
    private const int ExportEvery = 1000; // ms; 60 times as often as by default
    private const double Sigmas = 1.96;

    public Command Command()
    {
        Option<long> images = new("--images") { Description = "Images of each turn.", DefaultValueFactory = _ => 3_840 };
        Option<int> turns = new("--turns") { Description = "Turns of each of the four.", DefaultValueFactory = _ => 60 };
        Option<int> threads = new("--threads") { Description = "Torch threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
        // Much more often than a sweep's, so that a cost shows that is too small to be seen otherwise.
        Option<long> reportEvery = new("--report-every") { Description = "Images between reports; a sweep's are at least 2,000 by default.", DefaultValueFactory = _ => 64 };
        Command command = new("telemetry", "Images a second with telemetry off, on with a collector, on without one; sent each second, 32x32 hidden 16.") { images, turns, threads, reportEvery };
        command.SetAction(parsed => Compare(parsed.GetValue(images), parsed.GetValue(turns), parsed.GetValue(threads), parsed.GetValue(reportEvery)));
        return command;
    }

    private static void Compare(long images, int turns, int threads, long reportEvery)
    {
        ExperimentOptions options = Sizes.Small.Of(Presets.Find("dcgan")!);
        using PictureSet data = BenchPictures.Open(options.Size);
        using Collector collector = new();
        (string Name, Uri? Endpoint)[] ways = [("off", null), ("off_again", null), ("collector", collector.Endpoint), ("no_collector", new Uri($"http://127.0.0.1:{FreePort()}/v1/metrics"))];
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
        double off = Median(seconds["off"]);
        foreach ((string name, _) in ways.Skip(1))
        {
            double[] ratios = [.. seconds["off"].Zip(seconds[name], (without, with) => without / with)];
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                telemetry = name,
                images,
                turns,
                threads,
                report_every = reportEvery,
                images_per_second = Math.Round(images / Median(seconds[name]), 1),
                images_per_second_off = Math.Round(images / off, 1),
                ratio = Math.Round(Median(ratios), 4), // turn by turn: neighbours in time share what the machine does beside
                ratio_plus_minus = Math.Round(Sigmas * MedianError(ratios), 4),
                cpu_ratio = Math.Round(cpu["off"] / cpu[name], 4),
                requests = name == "collector" ? collector.Requests : 0,
            }));
        }
    }

    // From the quartiles: a turn that the machine held up is no reason to know the median less well.
    private static double MedianError(double[] values)
    {
        double[] sorted = [.. values.Order()];
        double spread = (sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4]) / 1.349;
        return 1.253 * spread / Math.Sqrt(values.Length);
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

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Says yes to everything.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Collector()
        {
            Endpoint = new Uri($"http://127.0.0.1:{FreePort()}/v1/metrics");
            _listener.Prefixes.Add($"{Endpoint.GetLeftPart(UriPartial.Authority)}/");
            _listener.Start();
            _ = Task.Run(ServeAsync);
        }

        public Uri Endpoint { get; }

        public int Requests { get; private set; }

        public void Dispose() => _listener.Close();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    await context.Request.InputStream.CopyToAsync(Stream.Null);
                    Requests++;
                    context.Response.Close();
                }
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                // The bench is over.
                return;
            }
        }
    }
}
