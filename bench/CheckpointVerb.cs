using System.CommandLine;
using System.Text.Json;
using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using CatGan.Training;

namespace CatGan.Bench;

/// <summary>What a checkpoint every so many images costs: the copy on the training thread, the writing beside it.</summary>
internal sealed class CheckpointVerb : IVerb
{
    public Command Command()
    {
        Option<long> every = new("--every") { Description = "Images between two checkpoints.", DefaultValueFactory = _ => 20_000 };
        Option<int> count = new("--count") { Description = "Checkpoints a turn.", DefaultValueFactory = _ => 3 };
        Option<int> turns = new("--turns") { Description = "Turns with and without.", DefaultValueFactory = _ => 3 };
        Command command = new("checkpoint", "Cost of checkpoints, 32x32 hidden 16, as a share of the training time.") { every, count, turns };
        command.SetAction(parsed => Compare(parsed.GetValue(every), parsed.GetValue(count), parsed.GetValue(turns)));
        return command;
    }

    private static void Compare(long every, int count, int turns)
    {
        ExperimentOptions options = Sizes.Small.Of(Presets.Find("dcgan")!);
        using PictureSet data = BenchPictures.Open(options.Size);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("catgan-bench-");
        long images = every * count + (every / 2);
        TrainerRun.Seconds(options, data, 640, 1, 640);
        double with = 0, without = 0;
        for (int turn = 0; turn < turns; turn++)
        {
            without += TrainerRun.Seconds(options, data, images, 1, every);
            with += TrainerRun.Seconds(options, data, images, 1, every, every, snapshot => Write(snapshot, folder));
        }
        folder.Delete(recursive: true);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            size = Sizes.Small.Name,
            every,
            checkpoints = count * turns,
            seconds_with = Math.Round(with, 3),
            seconds_without = Math.Round(without, 3),
            cost = Math.Round((with / without) - 1, 4),
        }));
    }

    private static void Write(CheckpointSnapshot snapshot, DirectoryInfo folder) => Task.Run(async () =>
    {
        using CheckpointSnapshot owned = snapshot;
        await using FileStream file = File.Create(Path.Combine(folder.FullName, $"{owned.Images}.safetensors"));
        await owned.WriteAsync(file, CancellationToken.None);
    });
}
