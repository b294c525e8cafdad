using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CatGan.Abstractions.Telemetry;
using CatGan.Grains;
using CatGan.Grains.Telemetry;
using CatGan.Search;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Telemetry.Tests;

/// <summary>What a silo shows of the sweeps that live in it.</summary>
public sealed class LiveSweepsTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Noon);
    private readonly Factory _factory = new();
    private readonly GrainsMeters _meters;
    private readonly LiveSweeps _sweeps;

    public LiveSweepsTests()
    {
        _meters = new GrainsMeters(_factory);
        _sweeps = new LiveSweeps(new GrainsTiming { Time = _time });
    }

    [Fact]
    public void ProgressAges_SweepThatTrains_IsSinceItsJournalsNewestOrItsLastReport()
    {
        Sweep sweep = Started();
        SweepTelemetry telemetry = Open(sweep);
        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal((1200, 0), Ages());
        telemetry.Reported();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((60, 0), Ages());
    }

    // The silo that it moves to knows the journal alone.
    [Fact]
    public void ProgressAges_SweepThatMoves_GoOn()
    {
        Sweep sweep = Started();
        SweepTelemetry before = Open(sweep);
        _time.Advance(TimeSpan.FromMinutes(20));
        before.Close();
        Open(Sweep.Restore(sweep.Snapshot()));
        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal((2400, 0), Ages());
    }

    [Fact]
    public void ProgressAges_SweepOfWhichOnlyPausedOnesAreLeft_AreNone()
    {
        Sweep sweep = Started();
        sweep.Apply(new ExperimentPauseRequested(Noon, 1));
        sweep.Apply(new ExperimentPauseRequested(Noon, 2));
        sweep.Apply(new AttemptLost(Noon, 1, 1, "paused", LossCause.Left));
        Open(sweep);
        _time.Advance(TimeSpan.FromHours(9));
        Assert.Equal((0, 0), Ages());
    }

    [Fact]
    public void ProgressAges_SweepThatWaitsForItsFirstSlot_IsAmongThoseThatWait()
    {
        Open(Submitted());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 3600), Ages());
    }

    [Fact]
    public void Best_OfTwoSweeps_IsTheBetterAndLastsForAWhileAfterTheEnd()
    {
        Sweep first = Started(), second = Started();
        first.Apply(Rung(1, 30.5));
        second.Apply(Rung(1, 28.25));
        Open(first);
        SweepTelemetry telemetry = Open(second);
        Assert.Equal(28.25, Best());
        second.Apply(new CancelRequested(Noon, "enough"));
        second.Apply(new AttemptLost(Noon, 1, 1, "cancelled", LossCause.Left));
        telemetry.Show(second, held: false);
        telemetry.Close();
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(28.25, Best());
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(30.5, Best());
    }

    // A gauge that is left out stays as it last was.
    [Fact]
    public void Best_NobodyHasOneAnyMore_IsNoNumber()
    {
        Sweep sweep = Started();
        sweep.Apply(Rung(1, 30.5));
        SweepTelemetry telemetry = Open(sweep);
        Assert.Equal(30.5, Best());
        telemetry.Close();
        Assert.Equal(double.NaN, Best());
    }

    [Fact]
    public void Opened_AttemptThatEndedJustBeforeItsSiloDied_IsToldAgainAndEarlierOnesAreNot()
    {
        Sweep sweep = Started();
        sweep.Apply(new AttemptLost(Noon.AddMinutes(1), 1, 1, "lease lost", LossCause.WorkerLost));
        sweep.Apply(new AttemptStarted(Noon.AddMinutes(1), 1, 2, "b/cpu/0"));
        sweep.Apply(new ExperimentEnded(Noon.AddHours(1), 1, 2, ExperimentOutcome.Failed, "it threw", ImmutableSortedDictionary<string, string>.Empty, 500, 50, 5, ImmutableSortedDictionary<string, double>.Empty));
        List<Activity> told = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == TelemetryNames.CatGan,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == SweepTrace.Sweep("again").TraceId)
                    told.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        new SweepTelemetry("again", _meters, _sweeps.Add()).Opened(sweep, Noon.AddHours(2));
        Assert.Equal([SweepTrace.Attempt("again", 1, 2).SpanId, SweepTrace.Experiment("again", 1).SpanId], told.Select(s => s.SpanId));
        Assert.All(told, s => Assert.Equal((ActivityStatusCode.Error, Noon.AddHours(1).UtcDateTime), (s.Status, s.StartTimeUtc + s.Duration)));
        Assert.Equal("failed", told[0].GetTagItem(TelemetryNames.End));
    }

    public void Dispose() => _factory.Dispose();

    private static Sweep Submitted() => Sweep.Start(
        new SweepSubmitted(
            Noon,
            new SweepDefinition
            {
                Name = "small",
                Dataset = "builtin:drawn-cats",
                BudgetImages = 1000,
                Sampler = SamplerChoice.Of("grid"),
                Space = new([new FixedParameter("preset", "dcgan"), new ChoiceParameter("lr_d", ["1e-4", "5e-5"])]),
                ReportEvery = 50,
                CheckpointEvery = 250,
                SamplesEvery = 500,
                Rungs = [250, 500, 750],
            },
            Capacity: 2),
        out _);

    private static Sweep Started()
    {
        Sweep sweep = Submitted();
        sweep.Apply(new AttemptStarted(Noon, 1, 1, "a/cpu/0"));
        return sweep;
    }

    private static RungReached Rung(int number, double swd) =>
        new(Noon, number, 1, 250, ImmutableSortedDictionary<string, double>.Empty.Add("swd", swd));

    private SweepTelemetry Open(Sweep sweep)
    {
        SweepTelemetry telemetry = new("s", _meters, _sweeps.Add());
        telemetry.Opened(sweep, _time.GetUtcNow());
        telemetry.Show(sweep, held: false);
        return telemetry;
    }

    private (double Running, double Waiting) Ages()
    {
        Measurement<double>[] ages = [.. _sweeps.ProgressAges()];
        return (ages[0].Value, ages[1].Value);
    }

    private double Best()
    {
        Measurement<double> best = _sweeps.Best().Single();
        Assert.Equal(
            [KeyValuePair.Create<string, object?>(TelemetryNames.Variant, "dcgan"), KeyValuePair.Create<string, object?>(TelemetryNames.Metric, "swd")], best.Tags.ToArray());
        return best.Value;
    }

    private sealed class Factory : IMeterFactory
    {
        private readonly Meter _meter = new(TelemetryNames.CatGan);

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose() => _meter.Dispose();
    }
}
