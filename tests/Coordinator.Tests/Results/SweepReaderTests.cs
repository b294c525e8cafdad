using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Coordinator.Results;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Results;

public sealed class SweepReaderTests : IDisposable
{
    private readonly TemporaryStore temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task ReadAsync_AttemptGoesOnFromCheckpoint_CutsTheOlderCurveAndSamplesThere()
    {
        FakeSweep sweep = await StartAsync();
        await sweep.BeginAsync(1);
        await sweep.CheckpointAsync(1, 20_000);
        await sweep.CurveAsync(1, 1, Points(2_000, 30_000, lossD: 1));
        foreach (long images in (long[])[10_000, 20_000, 30_000])
            await sweep.SamplesAsync(1, images, 1, [1]);
        await sweep.LoseAsync(1);
        await sweep.BeginAsync(1, epoch: 2);
        await sweep.CurveAsync(1, 2, Points(22_000, 26_000, lossD: 2));
        await sweep.SamplesAsync(1, 20_000, 2, [2]);
        ExperimentRecord experiment = (await ReadAsync()).Experiments[0];
        Assert.Equal(Enumerable.Range(1, 13).Select(i => i * 2_000L), experiment.Curve.Select(p => p.Images));
        Assert.Equal(20_000, experiment.Curve.Last(p => p.LossD == 1).Images);
        Assert.Equal([(10_000L, 1), (20_000L, 2)], experiment.Samples.Select(s => (s.Images, s.Epoch)));
        Assert.Equal(26_000, experiment.Images);
    }

    [Fact]
    public async Task ReadAsync_SuccessorHasNotReportedYet_CutsAtItsCheckpoint()
    {
        FakeSweep sweep = await StartAsync();
        await sweep.BeginAsync(1);
        await sweep.CheckpointAsync(1, 20_000);
        await sweep.CurveAsync(1, 1, Points(2_000, 30_000));
        await sweep.LoseAsync(1);
        Assert.Equal(30_000, (await ReadAsync()).Experiments[0].Curve[^1].Images);
        await sweep.BeginAsync(1, epoch: 2);
        Assert.Equal(20_000, (await ReadAsync()).Experiments[0].Curve[^1].Images);
    }

    [Fact]
    public async Task ReadAsync_AttemptThatLostItsLeaseWritesOn_IsNotHeard()
    {
        FakeSweep sweep = await StartAsync();
        await sweep.BeginAsync(1);
        await sweep.LoseAsync(1);
        await sweep.BeginAsync(1, epoch: 2);
        await sweep.CurveAsync(1, 2, Points(2_000, 10_000, lossD: 2));
        await sweep.CurveAsync(1, 1, Points(2_000, 50_000, lossD: 1));
        Assert.Equal([2.0], (await ReadAsync()).Experiments[0].Curve.Select(p => p.LossD!.Value).Distinct());
    }

    [Fact]
    public async Task ReadAsync_TornLine_KeepsTheOthersAndTellsIt()
    {
        FakeSweep sweep = await StartAsync();
        await sweep.BeginAsync(1);
        await sweep.CurveAsync(1, 1, Points(2_000, 6_000));
        string name = StoreLayout.Curve(sweep.Id, 1, 1);
        await temporary.Store.WriteTextAsync(name, await temporary.Store.ReadTextAsync(name) + "{\"images\": 80");
        SweepRecord record = await ReadAsync();
        Assert.Equal(3, record.Experiments[0].Curve.Length);
        Assert.Contains("1 lines of the curve of experiment 1", Assert.Single(record.Problems));
    }

    [Fact]
    public async Task ReadAsync_ScoreNotFinite_IsReadAndNeverBest()
    {
        FakeSweep sweep = await StartAsync();
        await sweep.BeginAsync(1);
        await sweep.CurveAsync(1, 1, FakeSweep.Report(2_000, double.NaN, full: true, lossD: double.NegativeInfinity));
        await sweep.EndAsync(1, 2_000, double.NaN, ExperimentOutcome.Diverged);
        ExperimentRecord experiment = (await ReadAsync()).Experiments[0];
        Assert.Equal(double.NegativeInfinity, Assert.Single(experiment.Curve).LossD);
        Assert.Null(experiment.Best);
    }

    [Fact]
    public async Task ReadAsync_BestScore_CarriesTheFloorOfItsReport()
    {
        FakeSweep sweep = await StartAsync();
        await sweep.BeginAsync(1);
        await sweep.CurveAsync(1, 1, FakeSweep.Report(30_000, 9, full: true), FakeSweep.Report(60_000, 11, full: true));
        await sweep.EndAsync(1, 60_000, 11);
        SweepRecord record = await ReadAsync();
        Assert.Equal(11, record.Experiments[0].Final!.Value);
        Assert.Equal((11.0, 5.0, 2048), (record.Experiments[0].Best!.Score.Value, record.Experiments[0].Best!.Score.Floor, record.Experiments[0].Best!.Score.Pictures));
        Assert.Equal(2.2, record.Ranking[0].TimesFloor!.Value, 6);
    }

    [Fact]
    public async Task ReadAsync_EndedWithoutFlagsInTheJournal_KeepsThoseOfItsCurve()
    {
        FakeSweep sweep = await StartAsync();
        await sweep.BeginAsync(1);
        await sweep.CurveAsync(
            1, 1, FakeSweep.Report(20_000, 9) with { Flags = Flag("collapsed", "all alike") }, FakeSweep.Report(30_000, 9, full: true) with { Flags = Flag("collapsed", "still alike") });
        await sweep.EndAsync(1, 30_000, 9, ExperimentOutcome.Stopped, "no better for 2 rungs");
        ExperimentRecord experiment = (await ReadAsync()).Experiments[0];
        Assert.Equal([KeyValuePair.Create("collapsed", "all alike")], experiment.Flags);
        Assert.False(experiment.Worked);
    }

    [Fact]
    public async Task ReadAsync_NoSuchSweep_IsNull() => Assert.Null(await new SweepReader(temporary.Store).ReadAsync("none", CancellationToken.None));

    private async Task<FakeSweep> StartAsync() => await FakeSweep.StartAsync(temporary.Store, FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"))]));

    private async Task<SweepRecord> ReadAsync() => (await new SweepReader(temporary.Store).ReadAsync("cats-1", CancellationToken.None))!;

    private static ImmutableSortedDictionary<string, string> Flag(string name, string reason) => ImmutableSortedDictionary<string, string>.Empty.Add(name, reason);

    private static IEnumerable<Abstractions.Experiments.CurvePoint> Points(long from, long to, double lossD = 1) =>
        Enumerable.Range(0, (int)((to - from) / 2_000) + 1).Select(i => FakeSweep.Report(from + i * 2_000, lossD: lossD));
}
