using System.Collections.Immutable;
using System.Text.Json;
using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Results;

/// <summary>Reads the lines of <c>curve-{epoch}.jsonl</c>.</summary>
internal static class CurveText
{
    /// <summary>Points in the order of images; of two at the same images the later line counts.</summary>
    /// <param name="text">The blob's bytes.</param>
    /// <returns>The points, and how many lines were none.</returns>
    public static (ImmutableArray<CurvePoint> Points, int Bad) Read(ReadOnlySpan<byte> text)
    {
        SortedDictionary<long, CurvePoint> points = [];
        int bad = 0;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range].TrimEnd((byte)'\r');
            if (line.IsEmpty)
                continue;
            if (Parse(line) is { } point)
                points[point.Images] = point;
            else
                bad++;
        }
        return ([.. points.Values], bad);
    }

    private static CurvePoint? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<CurvePoint>(line) is { Images: >= 0, Scores: not null, Flags: not null } point ? point : null;
        }
        catch (JsonException)
        {
            return null; // counted, and told to the person
        }
    }
}
