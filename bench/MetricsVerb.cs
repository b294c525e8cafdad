using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using CatGan.Storage;
using CatGan.Training.Metrics;

namespace CatGan.Bench;

/// <summary>Works out a reference file's metrics anew; one JSON line, exit code 1 where the file cannot be replayed.</summary>
internal sealed class MetricsVerb : IVerb
{
    public Command Command()
    {
        Argument<string> file = new("FILE") { Description = "Reference metrics (safetensors)." };
        Command command = new("metrics", "Works out SWD and MS-SSIM of a reference file and prints how far they are from its figures.") { file };
        command.SetAction(parsed => Replay(parsed.GetRequiredValue(file)));
        return command;
    }

    private static int Replay(string file)
    {
        try
        {
            var replay = MetricReplay.Of(file);
            Console.WriteLine(JsonSerializer.Serialize(new { swd = replay.Swd, ms_ssim = replay.MsSsim, max_relative_error = replay.MaxRelativeError }));
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SafetensorsException or ArgumentException or ExternalException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
