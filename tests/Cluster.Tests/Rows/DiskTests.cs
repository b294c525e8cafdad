using CatGan.Cluster.Tests.Harness;
using CatGan.Search;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Row "disk full, folder read-only".</summary>
public sealed class DiskTests(Reference reference)
{
    [Fact]
    public Task DiskFull_WhileTraining_SaysSoAndGoesOnWhenThereIsRoom() => WaitsAsync(
        "full", disk => disk.Fill(), disk => disk.Empty(), "No space left on device. Free some space", "go on by themselves");

    [Fact]
    public Task FolderReadOnly_WhileTraining_SaysSoAndGoesOnWhenItIsWritable() => WaitsAsync(
        "read-only", disk => disk.MakeReadOnly(), disk => disk.MakeWritable(), "Read-only file system", "mount it writable");

    private async Task WaitsAsync(string name, Action<SmallDisk> fault, Action<SmallDisk> over, string what, string advice)
    {
        await using World world = await World.WithSmallDiskAsync(name);
        world.Pace(100);
        TestSilo silo = world.StartSilo(slots: 4);
        string id = await world.SubmitAsync(Sweeps.Spec());
        await world.SeenAsync(id, "each experiment has a checkpoint", s => s.Experiments.Count == 4 && s.Experiments.All(e => !e.Checkpoints.IsEmpty));

        fault(world.Disk!);
        await world.UntilAsync("the silo says what is wrong, and where or what to do", () => Task.FromResult(
            silo.Output.Contains(what, StringComparison.Ordinal) && silo.Output.Contains(advice, StringComparison.Ordinal)));
        world.Pace(null);
        await Scale.LastAsync(Scale.Full ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(3));
        Assert.DoesNotContain((await world.Store.SweepAsync(id))!.Experiments, e => e.Outcome is not null);
        Assert.False(silo.HasExited);
        over(world.Disk!);

        Sweep ended = await world.FinishedAsync(id);
        await reference.AssertSameAsync(world, ended);
    }
}
