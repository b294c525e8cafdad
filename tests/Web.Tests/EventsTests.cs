using System.Net.ServerSentEvents;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Storage;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

public class EventsTests
{
    [Fact]
    public async Task Watch_Begins_WithWhereTheSweepStands()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        await using Watching watching = await Watching.StartAsync(site);
        SseItem<string> first = await watching.NextAsync();
        Assert.Equal("status", first.EventType);
        Assert.Equal("running", JsonDocument.Parse(first.Data).RootElement.GetProperty("phase").GetString());
        Assert.Equal("8", first.EventId);
    }

    [Fact]
    public async Task Watch_SomethingHappens_ComesAsAnEventWithItsPlace()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Cats.WriteAsync(s.Store));
        await using Watching watching = await Watching.StartAsync(site);
        await watching.NextAsync();
        await sweep.EndAsync(4, 1000, 5.5);
        SseItem<string> ended = await watching.UntilAsync("experiment_ended");
        Assert.Equal(4, JsonDocument.Parse(ended.Data).RootElement.GetProperty("number").GetInt32());
        Assert.Equal("9.0", ended.EventId);
        SseItem<string> status = await watching.UntilAsync("status");
        Assert.Equal(5.5, JsonDocument.Parse(status.Data).RootElement.GetProperty("best").GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Watch_FromAnEvent_MissesNothingAndRepeatsNothing()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Cats.WriteAsync(s.Store));
        await using Watching watching = await Watching.StartAsync(site, lastEventId: "6.0");
        Assert.Equal("7.0", (await watching.UntilAsync("experiment_ended")).EventId);
        Assert.Equal("8.0", (await watching.UntilAsync("experiment_ended")).EventId);
        await sweep.EndAsync(4, 1000, 5.5);
        Assert.Equal("9.0", (await watching.UntilAsync("experiment_ended")).EventId);
    }

    [Fact]
    public async Task Watch_EndedBeforeTheFirstEvent_MissesNothingWhenItComesBack()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Cats.WriteAsync(s.Store));
        string? had;
        await using (Watching watching = await Watching.StartAsync(site))
            had = (await watching.NextAsync()).EventId;
        await sweep.EndAsync(4, 1000, 5.5);
        await using Watching back = await Watching.StartAsync(site, had);
        // It is not the place of what comes behind it: who is cut off here comes back with what it had.
        Assert.Null((await back.NextAsync()).EventId);
        Assert.Equal("9.0", (await back.NextAsync()).EventId);
    }

    [Theory]
    [InlineData("8", 200)]
    [InlineData("8.0", 200)]
    [InlineData("8.", 400)]
    [InlineData("-1", 400)]
    [InlineData("99999999999999999999", 400)]
    public async Task Watch_AfterASequence_IsTaken(string after, int expected)
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        Assert.Equal(expected, (await site.SendAsync(HttpMethod.Head, $"/api/v1/sweeps/{Cats.Id}/events?after={after}")).Status);
    }

    [Fact]
    public async Task Watch_FromTheBeginning_TellsOfTheSubmissionWithoutItsDefinition()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        await using Watching watching = await Watching.StartAsync(site, lastEventId: "0");
        SseItem<string> submitted = await watching.UntilAsync("submitted");
        Assert.DoesNotContain("definition", submitted.Data);
        Assert.Equal("1.0", submitted.EventId);
    }

    [Theory]
    [InlineData("2.0")]
    [InlineData("2")]
    [InlineData("0")]
    public async Task Watch_FromWhatWasFoldedAway_IsToldToReadAnewAndWhatIsStillThere(string after)
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            FakeSweep sweep = await Cats.WriteAsync(s.Store);
            Journal journal = new(s.Store, StoreLayout.Journal(Cats.Id));
            await journal.WriteSnapshotAsync(6, sweep.Sweep.Snapshot(), CancellationToken.None);
            await journal.WriteSnapshotAsync(8, sweep.Sweep.Snapshot(), CancellationToken.None);
        });
        await using Watching watching = await Watching.StartAsync(site, after);
        Assert.Equal("status", (await watching.NextAsync()).EventType);
        Assert.Equal("reset", (await watching.NextAsync()).EventType);
        Assert.Equal("7.0", (await watching.NextAsync()).EventId);
        Assert.Equal("8.0", (await watching.NextAsync()).EventId);
    }

    [Fact]
    public async Task Watch_FromAnEventThatIsYetToCome_ReadsAnewAndHearsWhatComes()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Cats.WriteAsync(s.Store));
        await using Watching watching = await Watching.StartAsync(site, lastEventId: "9999.0");
        Assert.Equal("8", (await watching.UntilAsync("reset")).EventId);
        await sweep.EndAsync(4, 1000, 5.5);
        Assert.Contains("5.5", (await watching.UntilAsync("experiment_ended")).Data);
    }

    [Fact]
    public async Task Watch_ByManyAtOnce_AsksTheSiloForAllOfThemOnce()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        int asked = 0;
        site.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Running(4, 100 + Interlocked.Increment(ref asked))));
        site.Silo.Reachable = true;
        List<Watching> all = [];
        for (int i = 0; i < 30; i++)
            all.Add(await Watching.StartAsync(site));
        int before = Volatile.Read(ref asked);
        await Task.WhenAll(all.Select(async w =>
        {
            for (int i = 0; i < 3; i++)
                await w.UntilAsync("status");
        }));
        Assert.InRange(Volatile.Read(ref asked) - before, 1, 8);
        foreach (Watching watching in all)
            await watching.DisposeAsync();
    }

    [Fact]
    public async Task Watch_Left_EndsTheRoundsForIt()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        Watching watching = await Watching.StartAsync(site);
        await watching.NextAsync();
        SweepWatch watch = (await site.Service<SweepBoard>().GetAsync(Cats.Id, CancellationToken.None)).Sweep.Watch;
        Assert.True(watch.IsWatched);
        await watching.DisposeAsync();
        await Eventually.TrueAsync(() => Task.FromResult(!watch.IsWatched));
    }

    [Fact]
    public async Task Watch_FromWhatIsNoEvent_IsRefused()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        Answer answer = await site.SendAsync(HttpMethod.Get, $"/api/v1/sweeps/{Cats.Id}/events", headers: ("Last-Event-ID", "yesterday"));
        Assert.Equal(400, answer.Status);
    }
}
