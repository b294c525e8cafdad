using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CatGan.Abstractions.Telemetry;

/// <summary>
/// The one trace of a sweep: sweep, experiment, attempt. Its ids are the SHA-256 of what they name, so that every
/// process, also one that starts after the others have died, goes on with the same trace and knows the id of a span that
/// is not over. Nothing of it is journaled.
/// </summary>
public static class SweepTrace
{
    private const int SpanLength = 8;
    private const int TraceLength = 16;

    /// <summary>The sweep: the root.</summary>
    public static ActivityContext Sweep(string sweep) => Context(sweep, "sweep");

    /// <summary>An experiment, below its sweep.</summary>
    public static ActivityContext Experiment(string sweep, int number) => Context(sweep, string.Create(CultureInfo.InvariantCulture, $"experiment/{number}"));

    /// <summary>An attempt, below its experiment.</summary>
    public static ActivityContext Attempt(string sweep, int number, int epoch) =>
        Context(sweep, string.Create(CultureInfo.InvariantCulture, $"experiment/{number}/attempt/{epoch}"));

    /// <summary>Above the root: a context with the trace's id and no span, so that the root has no parent.</summary>
    public static ActivityContext Above(string sweep) => new(Trace(sweep), default, ActivityTraceFlags.Recorded, isRemote: true);

    private static ActivityContext Context(string sweep, string span) =>
        new(Trace(sweep), ActivitySpanId.CreateFromBytes(Hash($"catgan/{sweep}/{span}").AsSpan(0, SpanLength)), ActivityTraceFlags.Recorded, isRemote: true);

    private static ActivityTraceId Trace(string sweep) => ActivityTraceId.CreateFromBytes(Hash($"catgan/{sweep}").AsSpan(0, TraceLength));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
