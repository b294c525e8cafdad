using System.Threading.RateLimiting;
using CatGan.Abstractions;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Security;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Storage;
using CatGan.Web.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace CatGan.Web.Tests;

/// <summary>Who searches all sweeps does not make those wait that others look at.</summary>
public class BoardTests
{
    [Fact]
    public async Task List_WithAConditionOnExperiments_LeavesWhatIsShownInMemory()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            await Cats.WriteAsync(s.Store);
            for (int i = 0; i < 6; i++)
            {
                FakeSweep sweep = await FakeSweep.StartAsync(s.Store, FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"), ("lr_d", "1e-4"))]), $"old-{i}");
                await s.Store.WriteBytesAsync(StoreLayout.Summary(sweep.Id), SweepSummary.Of(sweep.Id, sweep.Sweep).Write());
            }
        });
        SweepBoard board = site.Service<SweepBoard>();
        board.MostSweeps = 3;
        (TrackedSweep shown, _) = await board.GetAsync(Cats.Id, CancellationToken.None);
        Assert.Equal(1, (await site.GetAsync("/api/v1/sweeps?limit=1000&where=outcome=diverged")).GetProperty("sweeps").GetArrayLength());
        Assert.Same(shown, (await board.GetAsync(Cats.Id, CancellationToken.None)).Sweep);
        // What was only looked through makes way for what is looked at, and that for what is looked at after it.
        for (int i = 0; i < 2; i++)
            await board.GetAsync($"old-{i}", CancellationToken.None);
        Assert.Same(shown, (await board.GetAsync(Cats.Id, CancellationToken.None)).Sweep);
        for (int i = 2; i < 5; i++)
            await board.GetAsync($"old-{i}", CancellationToken.None);
        Assert.NotSame(shown, (await board.GetAsync(Cats.Id, CancellationToken.None)).Sweep);
    }

    [Theory]
    [InlineData("?where=outcome=failed", false)]
    [InlineData("?tag=x&WHERE=outcome=failed", false)]
    [InlineData("?tag=x&variant=wgan", true)]
    public void Limit_OfSearches_IsForThoseThatReadJournals(string query, bool passes)
    {
        using PartitionedRateLimiter<HttpContext> limit = PartitionedRateLimiter.Create<HttpContext, string>(AccessServices.SearchPlace);
        using RateLimitLease first = limit.AttemptAcquire(Asking("?where=phase=running"));
        using RateLimitLease second = limit.AttemptAcquire(Asking(query));
        Assert.True(first.IsAcquired);
        Assert.Equal(passes, second.IsAcquired);
    }

    private static DefaultHttpContext Asking(string query) => new() { Request = { QueryString = new(query) } };
}
