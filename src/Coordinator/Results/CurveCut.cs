using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Results;

/// <summary>The reports of one attempt.</summary>
/// <param name="Epoch">The attempt.</param>
/// <param name="Points">In the order of images.</param>
internal sealed record AttemptCurve(int Epoch, ImmutableArray<CurvePoint> Points);

/// <summary>
/// Joins what the attempts of an experiment left. An attempt goes on from a checkpoint and repeats what the one before
/// did past it, so the older attempt counts only up to where its successor begins.
/// </summary>
internal static class CurveCut
{
    /// <summary>The curve of all attempts together.</summary>
    /// <param name="curves">Attempts by rising epoch.</param>
    /// <param name="resume">Images that a running last attempt without a report yet starts from; null when that is not so.</param>
    public static ImmutableArray<CurvePoint> Join(IReadOnlyList<AttemptCurve> curves, long? resume) =>
        [.. curves.SelectMany(c => c.Points.Where(p => p.Images < End(curves, c.Epoch, resume)))];

    /// <summary>Sample grids that count: those before the successor's first report, the newest attempt's where two drew at the same images.</summary>
    public static ImmutableArray<SampleBlob> Join(IEnumerable<SampleBlob> samples, IReadOnlyList<AttemptCurve> curves, long? resume) =>
    [
        .. samples.Where(s => s.Images < End(curves, s.Epoch, resume))
            .GroupBy(s => s.Images).Select(g => g.MaxBy(s => s.Epoch)!).OrderBy(s => s.Images),
    ];

    /// <summary>The first images that belong to a later attempt.</summary>
    private static long End(IReadOnlyList<AttemptCurve> curves, int epoch, long? resume)
    {
        long end = resume is { } images && epoch < (curves.Count == 0 ? 1 : curves[^1].Epoch + 1) ? images + 1 : long.MaxValue;
        foreach (AttemptCurve later in curves)
        {
            if (later.Epoch > epoch && !later.Points.IsEmpty)
                end = Math.Min(end, later.Points[0].Images);
        }
        return end;
    }
}
