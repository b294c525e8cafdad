using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Tests.Results;
using CatGan.Web.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Web.Tests;

/// <summary>Curves are read as seldom as can be, and no more of them are kept than memory is meant to hold.</summary>
public class ExperimentReaderTests
{
    [Fact]
    public async Task Curve_OfWhatRuns_IsReadOnceForAllWhoAskAtOnce()
    {
        await using Site site = await Site.StartAsync(s => WriteAsync(s, ended: 0));
        SweepView view = (await site.Service<SweepBoard>().GetAsync(Cats.Id, CancellationToken.None)).View;
        FakeTimeProvider time = new();
        GatedStore store = new(site.Store);
        ExperimentReader reader = new(store, time);
        store.Close();
        Task<Coordinator.Results.ExperimentRecord[]>[] asked = [.. Enumerable.Range(0, 20).Select(_ => reader.ReadAllAsync(view, [1, 2], CancellationToken.None))];
        await store.Waits;
        store.Open();
        Assert.All(await Task.WhenAll(asked), records => Assert.Equal([10, 10], records.Select(r => r.Curve.Length)));
        Assert.Equal(2, Curves(store));

        time.Advance(TimeSpan.FromSeconds(5));
        await reader.ReadAllAsync(view, [1, 2], CancellationToken.None);
        Assert.Equal(4, Curves(store));
    }

    [Fact]
    public async Task Curve_ThatOneNoLongerWaitsFor_IsReadForTheOthers()
    {
        await using Site site = await Site.StartAsync(s => WriteAsync(s, ended: 0));
        SweepView view = (await site.Service<SweepBoard>().GetAsync(Cats.Id, CancellationToken.None)).View;
        GatedStore store = new(site.Store);
        ExperimentReader reader = new(store, new FakeTimeProvider());
        using CancellationTokenSource gone = new();
        store.Close();
        Task first = reader.ReadAsync(view, view.Experiments[0], gone.Token);
        await store.Waits;
        Task<(Coordinator.Results.ExperimentRecord Record, IReadOnlyList<int>, string)> second = reader.ReadAsync(view, view.Experiments[0], CancellationToken.None);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        store.Open();
        Assert.Equal(10, (await second).Record.Curve.Length);
    }

    [Fact]
    public async Task Curves_OfWhatHasEnded_AreKeptUpToANumberOfPoints()
    {
        await using Site site = await Site.StartAsync(s => WriteAsync(s, ended: 3));
        SweepView view = (await site.Service<SweepBoard>().GetAsync(Cats.Id, CancellationToken.None)).View;
        GatedStore store = new(site.Store);
        ExperimentReader reader = new(store, new FakeTimeProvider(), mostPoints: 50);
        foreach (int number in (int[])[1, 2, 1, 2, 3, 3])
            await reader.ReadAllAsync(view, [number], CancellationToken.None);
        Assert.Equal(3, Curves(store));
        await reader.ReadAllAsync(view, [1], CancellationToken.None);
        Assert.Equal(4, Curves(store));
        await reader.ReadAllAsync(view, [3], CancellationToken.None);
        Assert.Equal(4, Curves(store));
    }

    private static async Task WriteAsync(Site site, int ended)
    {
        FakeSweep sweep = await FakeSweep.StartAsync(site.Store, FakeSweep.Define([.. Enumerable.Range(1, 3).Select(n => FakeSweep.Point(("preset", "dcgan"), ("lr_d", $"{n}e-4"), ("size", "16"), ("hidden", "1")))], budget: 1000), Cats.Id);
        for (int n = 1; n <= 3; n++)
        {
            await sweep.BeginAsync(n);
            await sweep.CurveAsync(n, 1, Cats.Points(10));
            if (n <= ended)
                await sweep.EndAsync(n, 1000, 10 + n);
        }
    }

    private static int Curves(GatedStore store) => store.Reads.Count(n => n.Contains("curve", StringComparison.Ordinal));
}
