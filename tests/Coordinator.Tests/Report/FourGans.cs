using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Report;

/// <summary>A finished sweep as one of the four variants would look: some good, some collapsed, diverged or out of memory.</summary>
internal static class FourGans
{
    private const long Budget = 200_000;

    private static readonly (string Preset, string[] Rates, double Best, double Speed)[] Variants =
    [
        ("dcgan", ["5e-5", "2e-4", "1e-3"], 18, 900), ("lsgan", ["5e-5", "2e-4", "1e-3"], 20, 910),
        ("wgan", ["5e-5", "2e-4", "1e-3"], 21, 640), ("wgan-gp", ["5e-5", "2e-4", "1e-3"], 15, 320),
    ];

    public static async Task<FakeSweep> WriteAsync(IBlobStore store, int repeats = 2, int size = 16)
    {
        Configuration[] points =
        [
            .. from v in Variants
               from rate in v.Rates
               select FakeSweep.Point(("preset", v.Preset), ("size", $"{size}"), ("hidden", "16"), ("lr_d", rate), ("lr_g", v.Preset == "dcgan" ? "2e-4" : rate), ("warmup", "0")),
        ];
        SweepDefinition definition = FakeSweep.Define(points, repeats, Budget) with
        {
            Note = "Four losses, three learning rates each, two seeds.\nDoes the gradient penalty really not care?",
            Tags = ["drawn cats", "2017 comparison"],
            Dataset = "builtin:drawn-cats?count=200&seed=1",
        };
        FakeSweep sweep = await FakeSweep.StartAsync(store, definition);
        FakeSamples samples = await FakeSamples.OpenAsync(store, size);
        for (int number = 1; number <= sweep.Sweep.Total; number++)
            await store.WriteTextAsync(StoreLayout.Log(sweep.Id, number, 1), "2026-05-01T09:00:00.000Z Attempt 1.\n2026-05-01T09:00:00.001Z Versions: CatGan 0.1.0, libtorch 2.10.0.\n");
        for (int number = 1; number <= sweep.Sweep.Total; number++)
            await TrainAsync(sweep, samples, number);
        return sweep;
    }

    private static async Task TrainAsync(FakeSweep sweep, FakeSamples samples, int number)
    {
        Experiment experiment = sweep.Experiments[number - 1];
        var variant = Variants.Single(v => v.Preset == experiment.Configuration["preset"]);
        int rate = Array.IndexOf(variant.Rates, experiment.Configuration["lr_d"]);
        bool diverges = variant.Preset == "wgan" && rate == 2, collapses = variant.Preset == "dcgan" && rate == 2 && experiment.Repeat == 0;
        bool memory = variant.Preset == "lsgan" && rate == 2 && experiment.Repeat == 1;
        Random chance = new(number);
        double end = variant.Best * (variant.Preset == "wgan-gp" ? 1 + 0.1 * rate : 1 + 0.6 * Math.Abs(rate - 1)) * (0.95 + 0.1 * chance.NextDouble());
        long until = diverges ? 64_000 : memory ? 4_000 : Budget;
        List<CurvePoint> curve = [];
        await sweep.BeginAsync(number);
        for (long images = 4_000; images <= until; images += 4_000)
        {
            double part = (double)images / Budget, swd = (end + 220 * Math.Exp(-9 * part)) * (0.96 + 0.08 * chance.NextDouble());
            if (collapses && part > 0.5)
                swd += 120 * (part - 0.5);
            curve.Add(Point(variant.Preset, variant.Speed, images, swd, images == until || images % 100_000 == 0, diverges && images >= 60_000, collapses && part > 0.5, chance));
            if (images % 40_000 == 0 || images == Budget)
                await sweep.SamplesAsync(number, images, 1, samples.Grid(Math.Clamp(1 - swd / 120, 0, 0.97), number, collapses && part > 0.5 ? 2 : 64));
        }
        await sweep.CurveAsync(number, 1, curve);
        await EndAsync(sweep, number, until, curve, diverges, collapses, memory);
    }

    private static Task EndAsync(FakeSweep sweep, int number, long until, List<CurvePoint> curve, bool diverges, bool collapses, bool memory)
    {
        double? swd = diverges || memory ? null : curve[^1].Scores["swd"].Value;
        return (diverges, memory, collapses) switch
        {
            (true, _, _) => sweep.EndAsync(number, until, null, ExperimentOutcome.Diverged, "The critic's loss is not finite (NaN) after 64,000 images. A smaller lr_d may help."),
            (_, true, _) => sweep.EndAsync(number, until, null, ExperimentOutcome.OutOfMemory, "The device has 8 GiB, the step asked for 9.1 GiB. Halve batch or hidden."),
            (_, _, true) => sweep.EndAsync(number, until, swd, flags: [("collapsed", "Fakes are far more alike (MS-SSIM 0.83) than reals (0.12) since 104,000 images.")]),
            _ => sweep.EndAsync(number, until, swd),
        };
    }

    private static CurvePoint Point(string preset, double speed, long images, double swd, bool full, bool broken, bool collapsed, Random chance)
    {
        double part = (double)images / Budget, noise = chance.NextDouble() - 0.5, floor = full ? 6.1 : 9.4;
        (double d, double g) = preset switch
        {
            "dcgan" => (0.9 - 0.5 * part + 0.2 * noise, 1.2 + 2.2 * part + 0.6 * noise),
            "lsgan" => (0.2 - 0.1 * part + 0.03 * noise, 0.3 + 0.25 * part + 0.06 * noise),
            "wgan" => (-0.9 * Math.Exp(-3 * part) + 0.04 * noise, 0.4 * part + 0.05 * noise),
            _ => (-14 * Math.Exp(-4 * part) - 2 + noise, 3 * part + 2 * noise),
        };
        return FakeSweep.Report(images, swd, full, broken ? double.NaN : d, broken ? 1e7 : g) with
        {
            Seconds = images / speed,
            ImagesPerSecond = speed,
            Updates = images / (preset.StartsWith('w') ? 320 : 64),
            Scores = new Dictionary<string, Score>
            {
                ["swd"] = new(full ? swd : swd * 1.15 + 3, floor, 0.5, full ? 2048 : 256, full ? 64 : 32) { Parts = [swd * 0.8, swd * 1.2] },
                ["ms_ssim"] = new(collapsed ? 0.83 : 0.1 + 0.2 * Math.Exp(-8 * part) + 0.02 * noise, 0.12, 0.01, 256, 0),
            }.ToImmutableSortedDictionary(),
            Flags = collapsed ? ImmutableSortedDictionary<string, string>.Empty.Add("collapsed", "Fakes are far more alike than reals.") : ImmutableSortedDictionary<string, string>.Empty,
        };
    }
}
