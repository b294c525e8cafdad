using CatGan.Abstractions;
using CatGan.Cluster.Tests.Harness;
using CatGan.Search;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Row "a client killed, a submit repeated after a time-out".</summary>
public sealed class ClientTests(Azurite azurite, Reference reference)
{
    [Fact]
    public async Task ClientKilled_WhileItWatches_TheSweepGoesOnOnceAndWatchPicksItUp()
    {
        await using World world = World.WithFolder("client");
        world.Pace(100);
        world.StartSilo();
        await world.ReadyAsync(all: true);
        string spec = Path.Combine(world.Folder, "spec.yaml");
        await File.WriteAllTextAsync(spec, Sweeps.Spec());
        Child client = world.StartClient("run", spec);
        await world.UntilAsync("the client shows its sweep", () => Task.FromResult(client.Output.Contains("running", StringComparison.Ordinal)));

        client.Kill();
        await client.ExitAsync(TimeSpan.FromSeconds(10));
        string id = Assert.Single(await world.Store.NamesAsync("active/"))["active/".Length..];
        Sweep left = (await world.Store.SweepAsync(id))!;
        Assert.False(left.HasEnded);
        await world.SeenAsync(id, "it goes on without a client", s => s.Images > left.Images);
        world.Pace(null);
        string watched = await world.RunAsync(0, "watch", "last");

        Assert.Contains("4 completed", watched, StringComparison.Ordinal);
        await reference.AssertSameAsync(world, (await world.Store.SweepAsync(id))!);
        Assert.Equal(id, Assert.Single((await world.Store.NamesAsync("sweeps/")).Select(n => n.Split('/')[1]).Distinct()));
    }

    [Fact]
    public async Task Submit_RepeatedAfterATimeout_IsOneSweep()
    {
        await using World world = await World.WithAzuriteAsync("submit", azurite);
        world.Pace(null);
        world.StartSilo();
        // A definition as the command line makes it: from a sweep that the same silo has trained.
        SweepDefinition definition = (await world.FinishedAsync(await world.SubmitAsync(Sweeps.Spec()))).Definition;
        SweepSubmission submission = new(Sweeps.Spec(), SweepJson.Write(definition));
        await using Gateway gateway = await Gateway.ConnectAsync(world, answerWithin: TimeSpan.FromSeconds(3));

        world.StoreLine!.Set(Line.Hanging);
        await Assert.ThrowsAsync<TimeoutException>(() => gateway.Sweep("repeated").Submit(submission, CancellationToken.None));
        world.StoreLine.Set(Line.Open);
        await world.UntilAsync(
            "the submission is taken",
            async () => await gateway.Sweep("repeated").Submit(submission, CancellationToken.None) is { Accepted: true });

        await reference.AssertSameAsync(world, await world.FinishedAsync("repeated"));
        Sweep once = (await world.Store.SweepAsync("repeated"))!;
        Assert.All(once.Experiments, e => Assert.Equal(1, e.Epoch));
    }
}
