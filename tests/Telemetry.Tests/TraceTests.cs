using CatGan.Abstractions.Telemetry;
using CatGan.Search;
using CatGan.Telemetry.Tests.Harness;
using CatGan.Telemetry.Tests.Otlp;

namespace CatGan.Telemetry.Tests;

/// <summary>What two silos, of which one was killed, sent of one sweep: one trace.</summary>
public class TraceTests(ScrapedSweep scraped) : IAsyncLifetime
{
    private IReadOnlyList<ReceivedSpan> Spans => [.. scraped.Receiver.Spans];

    private IEnumerable<ReceivedSpan> Of(string name) => Spans.Where(s => s.Source == TelemetryNames.CatGan && s.Name == name);

    public async ValueTask InitializeAsync()
    {
        await scraped.ArrivedAsync("the sweep's span and its experiments'", () => Of("sweep").Any() && Of("experiment").Count() == 4);
    }

    [Fact]
    public void Receiver_EverythingThatArrived_CouldBeRead() => Assert.Empty(scraped.Receiver.Faults);

    [Fact]
    public void Trace_OfOneSweep_IsOneAcrossBothSilos()
    {
        Assert.Equal([SweepTrace.Sweep(scraped.Id).TraceId.ToHexString()], Spans.Where(s => s.Source == TelemetryNames.CatGan).Select(s => s.TraceId).Distinct());
        Assert.Equal(2, Spans.Where(s => s.Source == TelemetryNames.CatGan && s.Service == "catgan-silo").Select(s => s.Instance).Distinct().Count());
    }

    [Fact]
    public void Trace_Sweep_IsTheRootFromSubmissionToEnd()
    {
        ReceivedSpan sweep = Assert.Single(Of("sweep"));
        Assert.Equal("", sweep.ParentId);
        Assert.Equal(SweepTrace.Sweep(scraped.Id).SpanId.ToHexString(), sweep.SpanId);
        Assert.Equal(scraped.Id, sweep.Attributes[TelemetryNames.Sweep]);
        Assert.Equal(Nanoseconds(scraped.Sweep.SubmittedAt), sweep.Start);
        Assert.Equal(Nanoseconds(scraped.Sweep.EndedAt!.Value), sweep.End);
    }

    [Fact]
    public void Trace_Experiments_LieBelowTheSweepEachOnce()
    {
        string root = SweepTrace.Sweep(scraped.Id).SpanId.ToHexString();
        Assert.All(scraped.Sweep.Experiments, experiment =>
        {
            ReceivedSpan span = Assert.Single(Of("experiment"), s => s.Attributes[TelemetryNames.Experiment] == $"{experiment.Number}");
            Assert.Equal(root, span.ParentId);
            Assert.Equal("completed", span.Attributes[TelemetryNames.Outcome]);
            Assert.Equal(Nanoseconds(experiment.Attempts[0].StartedAt), span.Start);
        });
    }

    // The killed silo could not tell of its attempts: the one that found them lost did, from the journal's times.
    [Fact]
    public void Trace_Attempts_AreAllThereThoseOfTheKilledSiloToo()
    {
        Assert.All(scraped.Sweep.Experiments.SelectMany(e => e.Attempts, (e, a) => (Experiment: e, Attempt: a)), pair =>
        {
            ReceivedSpan span = Assert.Single(
                Of("attempt"), s => s.Attributes[TelemetryNames.Experiment] == $"{pair.Experiment.Number}" && s.Attributes[TelemetryNames.Epoch] == $"{pair.Attempt.Epoch}");
            Assert.Equal(SweepTrace.Experiment(scraped.Id, pair.Experiment.Number).SpanId.ToHexString(), span.ParentId);
            Assert.Equal(pair.Attempt.Worker, span.Attributes[TelemetryNames.Worker]);
            bool lost = pair.Attempt.Cause == LossCause.WorkerLost;
            Assert.Equal(lost ? "worker_lost" : "completed", span.Attributes[TelemetryNames.End]);
            Assert.Equal(lost, span.Failed);
            Assert.Equal(Nanoseconds(pair.Attempt.StartedAt), span.Start);
        });
        Assert.Contains(scraped.Sweep.Experiments, e => e.Attempts.Length > 1);
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("rung")]
    [InlineData("end")]
    [InlineData("prepare")]
    [InlineData("report")]
    public void Trace_WhatAnAttemptDoes_LiesBelowItInEachProcess(string name)
    {
        string[] attempts = [.. scraped.Sweep.Experiments.SelectMany(e => e.Attempts, (e, a) => SweepTrace.Attempt(scraped.Id, e.Number, a.Epoch).SpanId.ToHexString())];
        ReceivedSpan[] spans = [.. Of(name)];
        Assert.NotEmpty(spans);
        Assert.All(spans, span => Assert.Contains(span.ParentId, attempts));
    }

    [Fact]
    public void Trace_Checkpoints_CameFromTheKilledSiloAndFromItsSuccessor() => Assert.Equal(2, Of("checkpoint").Select(s => s.Instance).Distinct().Count());

    [Fact]
    public void Trace_NoSpan_HasAParentThatNeverArrives()
    {
        HashSet<string> there = [.. Spans.Select(s => s.SpanId)];
        Assert.All(Spans.Where(s => s.Source == TelemetryNames.CatGan && s.ParentId.Length > 0), span => Assert.Contains(span.ParentId, there));
    }

    [Fact]
    public void Trace_GrainCalls_AreTakenOnlyBelowSpansOfTheSweepOrARequest()
    {
        ReceivedSpan[] calls = [.. Spans.Where(s => s.Source.StartsWith("Microsoft.Orleans", StringComparison.Ordinal))];
        Assert.NotEmpty(calls);
        string[] traces = [SweepTrace.Sweep(scraped.Id).TraceId.ToHexString(), .. Spans.Where(s => s.Source == "Microsoft.AspNetCore").Select(s => s.TraceId)];
        Assert.All(calls, call => Assert.Contains(call.TraceId, traces));
    }

    [Fact]
    public void Trace_Submission_ComesFromTheCommandAndReachesTheSilo()
    {
        ReceivedSpan submit = Assert.Single(Of("submit"));
        Assert.Equal(("catgan", SweepTrace.Sweep(scraped.Id).SpanId.ToHexString()), (submit.Service, submit.ParentId));
        // The command's own span of the call, then the silo's.
        HashSet<string> below = [submit.SpanId, .. Spans.Where(s => s.ParentId == submit.SpanId).Select(s => s.SpanId)];
        Assert.Contains(Spans, s => below.Contains(s.ParentId) && s.Service == "catgan-silo");
    }

    [Fact]
    public void Trace_Reports_AreSampled() =>
        Assert.InRange(Of("report").Count(), 1, scraped.Sweep.Experiments.Sum(e => e.Attempts.Length));

    [Fact]
    public async Task Logs_OfBothSilos_ArriveWithTheirCategory()
    {
        await scraped.ArrivedAsync("log lines", () => !scraped.Receiver.Logs.IsEmpty);
        Assert.Contains(scraped.Receiver.Logs, l => l.Service == "catgan-silo" && l.Category == "CatGan.Silo.LocalEndpointService" && l.Text.StartsWith("In charge of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_ByOtlp_AreTheSameInstruments()
    {
        await scraped.ArrivedAsync("metrics", () => scraped.Receiver.Metrics.Any(m => m.Name == "catgan.training.images"));
        Assert.Contains(scraped.Receiver.Metrics, m => m is { Service: "catgan-silo", Meter: TelemetryNames.CatGan, Name: "catgan.silo.uptime", Unit: "s" });
        Assert.Contains(scraped.Receiver.Metrics, m => m.Meter == "Microsoft.Orleans");
    }

    [Fact]
    public void Protocols_GrpcAndHttp_WereBothSpoken()
    {
        Assert.Contains("/v1/traces", scraped.Receiver.Paths.Keys);
        Assert.Contains("/opentelemetry.proto.collector.trace.v1.TraceService/Export", scraped.Receiver.Paths.Keys);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static ulong Nanoseconds(DateTimeOffset at) => (ulong)(at - DateTimeOffset.UnixEpoch).Ticks * 100;
}
