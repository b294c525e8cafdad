using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatGan.Abstractions.Experiments;
using CatGan.Datasets;

namespace CatGan.Bench;

/// <summary>Two experiments on two slots with one torch thread each, against the same two one after the other with all threads.</summary>
internal sealed class SlotsVerb : IVerb
{
    public Command Command()
    {
        Option<long> images = new("--images") { Description = "Images of each experiment.", DefaultValueFactory = _ => 12_800 };
        Option<int> turns = new("--turns") { Description = "Turns of each of the two ways.", DefaultValueFactory = _ => 3 };
        Command command = new("slots", "Two experiments side by side against one after the other, 32x32 hidden 16.") { images, turns };
        command.SetAction(parsed => Compare(parsed.GetValue(images), parsed.GetValue(turns)));
        return command;
    }

    private static void Compare(long images, int turns)
    {
        ExperimentOptions options = Sizes.Small.Of(Presets.Find("dcgan")!);
        using PictureSet data = BenchPictures.Open(options.Size);
        SideBySide(options, data, 640);
        OneAfterTheOther(options, data, 640);
        double together = 0, apart = 0;
        for (int turn = 0; turn < turns; turn++)
        {
            apart += OneAfterTheOther(options, data, images);
            together += SideBySide(options, data, images);
        }
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            size = Sizes.Small.Name,
            threads = Environment.ProcessorCount,
            images = images * 2,
            turns,
            two_slots_images_per_second = Math.Round(2 * images * turns / together, 1),
            one_slot_images_per_second = Math.Round(2 * images * turns / apart, 1),
            ratio = Math.Round(apart / together, 3),
        }));
    }

    private static double SideBySide(ExperimentOptions options, PictureSet data, long images)
    {
        Thread[] slots = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() => TrainerRun.Seconds(options, data, images, threads: 1, reportEvery: images / 5)))];
        long started = Stopwatch.GetTimestamp();
        foreach (Thread slot in slots)
            slot.Start();
        foreach (Thread slot in slots)
            slot.Join();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>On a thread of its own, as a slot has it: the OpenMP team belongs to the thread.</summary>
    private static double OneAfterTheOther(ExperimentOptions options, PictureSet data, long images)
    {
        long started = Stopwatch.GetTimestamp();
        Thread slot = new(() =>
        {
            for (int i = 0; i < 2; i++)
                TrainerRun.Seconds(options, data, images, Environment.ProcessorCount, reportEvery: images / 5);
        });
        slot.Start();
        slot.Join();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
