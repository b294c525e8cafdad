using CatGan.Abstractions;
using CatGan.Coordinator.Serve.Pages.Data;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Pages.Tests.Support;

/// <summary>A sweep with something for every page: four variants, two seeds, pictures, flags, a lost attempt, one that diverged, one that runs.</summary>
internal static class Litter
{
    public const string Id = "litter-1";

    private static readonly string[] Presets = ["dcgan", "lsgan", "wgan", "wgan-gp"];

    public static async Task<FakeSweep> WriteAsync(IBlobStore store)
    {
        Configuration[] points = [.. Presets.SelectMany(p => ((string[])["1e-4", "4e-4"]).Select(lr => FakeSweep.Point(("preset", p), ("lr_d", lr), ("lr_g", "2e-4"), ("size", "16"), ("hidden", "1"))))];
        FakeSweep sweep = await FakeSweep.StartAsync(store, FakeSweep.Define(points, repeats: 2, budget: 60_000) with { Name = "Litter", Tags = ["small", "test"], Note = "For the pages." }, Id);
        await store.WriteTextAsync(StoreLayout.Active(Id), "");
        for (int n = 1; n <= 4; n++)
            await sweep.BeginAsync(n);
        for (int n = 1; n <= 12; n++)
            await EndAsync(sweep, n);
        return sweep;
    }

    private static async Task EndAsync(FakeSweep sweep, int n)
    {
        double last = 20 + 3 * n;
        await sweep.CurveAsync(n, 1, Enumerable.Range(1, 30).Select(i => FakeSweep.Report(2000L * i, i % 5 == 0 ? last + 100.0 / i : null, full: i == 30, lossD: 0.7 / n, lossG: 1 + 1.0 / i)));
        for (long images = 0; images <= 60_000; images += 20_000)
            await sweep.SamplesAsync(n, images, 1, Picture((byte)(images / 400 + 10 * n)));
        await sweep.Store.WriteTextAsync(StoreLayout.Log(sweep.Id, n, 1), $"experiment {n} began\nexperiment {n} ended\n");
        if (n == 2)
        {
            await sweep.LoseAsync(2);
            await sweep.BeginAsync(2, 2);
        }
        await (n switch
        {
            3 => sweep.EndAsync(n, 8_000, null, ExperimentOutcome.Diverged, "loss_d is NaN"),
            5 => sweep.EndAsync(n, 60_000, last, flags: ("collapsed", "Pairs of fakes have an MS-SSIM of 0.9.")),
            6 => sweep.EndAsync(n, 20_000, last, ExperimentOutcome.Stopped, "worse than the best third at 20,000 images"),
            _ => sweep.EndAsync(n, 60_000, last, epoch: n == 2 ? 2 : 1),
        });
        if (n + 4 <= 13)
            await sweep.BeginAsync(n + 4);
    }

    /// <summary>A grid of samples.</summary>
    public static byte[] Picture(byte shade) => PictureGrid.Draw(16, 4, 16, (i, planes) =>
    {
        for (int at = 0; at < planes.Length; at++)
            planes[at] = (byte)(shade + 5 * i + at % 16);
    });
}
