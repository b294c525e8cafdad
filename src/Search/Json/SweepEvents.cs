using System.Text.Json;

namespace CatGan.Search;

/// <summary>Events as lines of a journal: one JSON object each, its <c>type</c> first.</summary>
public static class SweepEvents
{
    /// <summary>The event as UTF-8 without a line break.</summary>
    public static byte[] Write(SweepEvent sweepEvent) => JsonSerializer.SerializeToUtf8Bytes(sweepEvent, SweepJson.Options);

    /// <summary>The event that <see cref="Write"/> wrote.</summary>
    /// <exception cref="SweepFormatException">The line is none; the message says why.</exception>
    public static SweepEvent Read(ReadOnlySpan<byte> line) => SweepJson.Read<SweepEvent>(line, "sweep event");
}
