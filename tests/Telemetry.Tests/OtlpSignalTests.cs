using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CatGan.Abstractions.Telemetry;

namespace CatGan.Telemetry.Tests;

/// <summary>What OpenTelemetry's variables say, and the ids of a sweep's trace.</summary>
public class OtlpSignalTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Fact]
    public void Of_NothingSaid_IsNothing()
    {
        Assert.Null(OtlpSignal.Of(OtlpSignal.Traces, _ => null));
        Assert.False(OtlpSignal.Any(_ => ""));
    }

    [Fact]
    public void Of_CommonEndpoint_HoldsForEachSignalAndLeavesItsPathToTheExporter()
    {
        Func<string, string?> said = Said((Endpoint, "http://localhost:4317"));
        Assert.Equal(new OtlpSignal(null, null, null, null), OtlpSignal.Of(OtlpSignal.Logs, said));
        Assert.True(OtlpSignal.Any(said));
    }

    [Fact]
    public void Of_EndpointOfOneSignal_IsItsAlone()
    {
        Func<string, string?> said = Said(
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://tempo:4318/v1/traces"), ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "250"));
        Assert.Equal(new OtlpSignal(new Uri("http://tempo:4318/v1/traces"), "http/protobuf", null, TimeSpan.FromMilliseconds(250)), OtlpSignal.Of(OtlpSignal.Traces, said));
        Assert.Null(OtlpSignal.Of(OtlpSignal.Metrics, said));
    }

    [Fact]
    public void Of_AskedForWithoutAnEndpoint_GoesWhereOpenTelemetrySays()
    {
        Func<string, string?> said = Said(("OTEL_TRACES_EXPORTER", "otlp"));
        Assert.Equal(new OtlpSignal(null, null, null, null), OtlpSignal.Of(OtlpSignal.Traces, said));
        Assert.Null(OtlpSignal.Of(OtlpSignal.Logs, said));
        Assert.NotNull(OtlpSignal.Of(OtlpSignal.Metrics, Said(("OTEL_METRICS_EXPORTER", "console, OTLP"))));
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    [InlineData("OTEL_TRACES_EXPORTER", "console,zipkin")]
    public void Of_TurnedOff_IsNothing(string variable, string value) =>
        Assert.Null(OtlpSignal.Of(OtlpSignal.Traces, Said((Endpoint, "http://localhost:4317"), (variable, value))));

    [Theory]
    [InlineData(Endpoint, "localhost:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is localhost:4317, but must be an address such as http://localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "soon", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT is soon, but must be a whole number of milliseconds above 0")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "udp", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL is udp, but must be grpc or http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL is http/json, but must be grpc or http/protobuf")]
    public void Of_WhatCannotBeFollowed_IsRefusedByNameValueAndBound(string variable, string value, string words)
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => OtlpSignal.Of(OtlpSignal.Traces, Said((Endpoint, "http://localhost:4317"), (variable, value))));
        Assert.Equal(words, fault.Message);
    }

    // As docs/telemetry.md says: other tools can find a sweep's trace by its id.
    [Fact]
    public void Trace_Ids_AreTheHashesOfTheirNames()
    {
        Assert.Equal(Hash("catgan/four-1")[..32], SweepTrace.Attempt("four-1", 3, 2).TraceId.ToHexString());
        Assert.Equal(Hash("catgan/four-1/sweep")[..16], SweepTrace.Sweep("four-1").SpanId.ToHexString());
        Assert.Equal(Hash("catgan/four-1/experiment/3")[..16], SweepTrace.Experiment("four-1", 3).SpanId.ToHexString());
        Assert.Equal(Hash("catgan/four-1/experiment/3/attempt/2")[..16], SweepTrace.Attempt("four-1", 3, 2).SpanId.ToHexString());
        Assert.Equal(default, SweepTrace.Above("four-1").SpanId);
    }

    [Fact]
    public void Tell_SpanOfTheWhole_HasTheIdItWasGivenAndNoParentOfTheMoment()
    {
        List<Activity> told = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == TelemetryNames.CatGan,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = told.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity other = new Activity("other").Start();
        DateTimeOffset from = DateTimeOffset.UnixEpoch.AddDays(20_000), to = from.AddHours(3);
        CatGanSpans.Tell("sweep", SweepTrace.Sweep("s"), SweepTrace.Above("s"), from, to, span => span.SetTag("a", "b"));
        Activity span = Assert.Single(told);
        Assert.Equal(SweepTrace.Sweep("s").SpanId, span.SpanId);
        Assert.Equal(SweepTrace.Sweep("s").TraceId, span.TraceId);
        Assert.Equal(default, span.ParentSpanId);
        Assert.Equal((from.UtcDateTime, TimeSpan.FromHours(3)), (span.StartTimeUtc, span.Duration));
        Assert.Same(other, Activity.Current);
    }

    private static Func<string, string?> Said(params (string Name, string Value)[] variables) =>
        name => variables.LastOrDefault(v => v.Name == name).Value;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
