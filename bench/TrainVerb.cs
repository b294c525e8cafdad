using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using TorchSharp;

namespace CatGan.Bench;

/// <summary>The trainer against a bare TorchSharp loop of the same mathematics, in turns, in one process.</summary>
internal sealed class TrainVerb : IVerb
{
    public Command Command()
    {
        Option<double> seconds = new("--seconds") { Description = "Rough length of one turn.", DefaultValueFactory = _ => 6 };
        Option<int> turns = new("--turns") { Description = "Turns of each of the two.", DefaultValueFactory = _ => 5 };
        Option<int> threads = new("--threads") { Description = "Torch threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<string?> preset = new("--preset") { Description = "One preset alone." };
        Option<bool> small = new("--small") { Description = "32x32 alone." };
        Command command = new("train", "Images a second of the trainer (data loading and reports on) and of a bare loop; ratio of the medians.")
        {
            seconds, turns, threads, preset, small,
        };
        command.SetAction(parsed =>
        {
            foreach (Sizes size in (Sizes[])(parsed.GetValue(small) ? [Sizes.Small] : [Sizes.Small, Sizes.Large]))
            {
                using PictureSet data = BenchPictures.Open(size.Side);
                foreach (ExperimentOptions chosen in Presets.All.Where(p => parsed.GetValue(preset) is null || p.Preset == parsed.GetValue(preset)))
                    Compare(size, size.Of(chosen), data, parsed.GetValue(seconds), parsed.GetValue(turns), parsed.GetValue(threads));
            }
        });
        return command;
    }

    private static void Compare(Sizes size, ExperimentOptions options, PictureSet data, double seconds, int turns, int threads)
    {
        torch.set_num_threads(threads);
        int perIteration = options.Batch * options.NCritic;
        using BareLoop bare = new(options);
        Bare(bare, 2); // warm up
        long iterations = Math.Max(3, (long)(seconds / (Bare(bare, 3) / 3)));
        long images = iterations * perIteration;
        TrainerRun.Seconds(options, data, 2 * perIteration, threads, images); // warm up
        List<double> ours = [], theirs = [];
        TimeSpan cpuOurs = TimeSpan.Zero, cpuTheirs = TimeSpan.Zero;
        for (int turn = 0; turn < turns; turn++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            theirs.Add(images / Bare(bare, iterations));
            TimeSpan between = Environment.CpuUsage.TotalTime;
            ours.Add(images / TrainerRun.Seconds(options, data, images, threads, reportEvery: Math.Max(options.Batch, images / 5)));
            cpuTheirs += between - before;
            cpuOurs += Environment.CpuUsage.TotalTime - between;
        }
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            preset = options.Preset,
            size = size.Name,
            threads,
            images,
            turns,
            trainer_images_per_second = Math.Round(Median(ours), 1),
            bare_images_per_second = Math.Round(Median(theirs), 1),
            ratio = Math.Round(Median(ours) / Median(theirs), 3),
            cpu_ratio = Math.Round(cpuTheirs / cpuOurs, 3), // the same by processor time, for a machine that is not quiet
        }));
    }

    private static double Bare(BareLoop loop, long iterations)
    {
        long started = Stopwatch.GetTimestamp();
        for (long i = 0; i < iterations; i++)
            loop.Iterate();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
