using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Web.Tests.Support;

/// <summary>A sweep of five experiments: three ended, one diverged, one running.</summary>
internal static class Cats
{
    public const string Id = "cats-1";

    public static async Task<FakeSweep> WriteAsync(IBlobStore store, int reports = 6)
    {
        Configuration[] points = [.. Enumerable.Range(1, 5).Select(n => FakeSweep.Point(("preset", n % 2 == 0 ? "wgan" : "dcgan"), ("lr_d", $"{n}e-4"), ("size", "16"), ("hidden", "1")))];
        FakeSweep sweep = await FakeSweep.StartAsync(store, FakeSweep.Define(points, budget: 1000), Id);
        await store.WriteTextAsync(Abstractions.StoreLayout.Active(Id), "");
        for (int n = 1; n <= 4; n++)
            await sweep.BeginAsync(n);
        await sweep.CurveAsync(1, 1, Points(reports));
        await sweep.SamplesAsync(1, 500, 1, [137, 80, 78, 71, 1, 2, 3, 4, 5, 6]);
        await store.WriteTextAsync(Abstractions.StoreLayout.Log(Id, 1, 1), "began\nended\n");
        await sweep.EndAsync(1, 1000, 12.5);
        await sweep.EndAsync(2, 1000, 7.5);
        await sweep.EndAsync(3, 400, null, ExperimentOutcome.Diverged, "loss_d is NaN");
        return sweep;
    }

    public static IEnumerable<CurvePoint> Points(int count) => Enumerable.Range(1, count).Select(i => FakeSweep.Report(
        1000L * i / count, i % 10 == 0 || i == count ? 20.0 / i : null, full: i == count, lossD: i == count / 2 ? 99 : 0.5, lossG: i == count / 3 ? -99 : 1));
}
