using System.Collections.Immutable;
using CatGan.Coordinator.Report.Neighbours;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Pages.Data;
using CatGan.Coordinator.Tests.Results;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>Real pictures beside samples: those that the sweep has trained on, and no others.</summary>
public class RealPicturesTests
{
    private const string Id = "real-1";

    [Theory]
    [InlineData("real/16.png")]
    [InlineData("experiments/1/neighbours")]
    public async Task Pictures_OfADataSetThatHasBeenReplaced_AreNotShownAsWhatItTrainedOn(string path)
    {
        await using Site site = await Site.StartAsync(s => WriteAsync(s, new string('b', 64)));
        Answer refused = await site.SendAsync(HttpMethod.Get, $"/api/v1/sweeps/{Id}/{path}");
        Assert.Equal(404, refused.Status);
        string detail = refused.Json.GetProperty("detail").GetString()!;
        Assert.Contains("data set builtin:drawn-cats?count=64&seed=1 is no longer the one that the sweep trained on", detail);
        Assert.Contains($"its content hash was {new string('b', 64)}, now it is ", detail);
    }

    [Fact]
    public async Task Picture_ThatIsKept_DoesNotWaitForOneThatIsMade()
    {
        await using Site site = await Site.StartAsync(s => WriteAsync(s, null));
        GatedStore store = new(site.Store);
        using RealPictures pictures = new(store, site.Surroundings());
        SweepView view = (await site.Service<SweepBoard>().GetAsync(Id, CancellationToken.None)).View;
        ExperimentRecord record = (await site.Service<ExperimentReader>().ReadAsync(view, view.Experiments[0], CancellationToken.None)).Record;
        byte[] kept = await pictures.GridAsync(view, 16, CancellationToken.None);
        store.Close();
        Task<NeighbourFindings> made = pictures.NearestAsync(view, record, record.Samples[0], CancellationToken.None);
        await store.Waits;
        Assert.Same(kept, await pictures.GridAsync(view, 16, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1)));
        store.Open();
        Assert.Same(await made, await pictures.NearestAsync(view, record, record.Samples[0], CancellationToken.None));
    }

    private static async Task WriteAsync(Site site, string? hash)
    {
        FakeSweep sweep = await FakeSweep.StartAsync(site.Store, FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"), ("size", "16"), ("hidden", "1"))]) with
        {
            DatasetHashes = hash is null ? ImmutableSortedDictionary<int, string>.Empty : ImmutableSortedDictionary<int, string>.Empty.Add(16, hash),
        }, Id);
        await sweep.BeginAsync(1);
        await sweep.SamplesAsync(1, 500, 1, PictureGrid.Draw(16, 4, 16, (i, planes) => planes.Fill((byte)(10 * i))));
    }
}
