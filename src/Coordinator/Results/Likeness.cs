using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Results;

/// <summary>How far a generator's pictures are from real ones, in a word; see "When are they cats?" in docs/report.md.</summary>
internal enum Likeness
{
    /// <summary>There is no SWD with a floor to tell by.</summary>
    Unknown,

    /// <summary>At most <see cref="Likenesses.RoughFrom"/> times the floor: worth looking at as cats.</summary>
    Cats,

    /// <summary>Up to <see cref="Likenesses.NotYetFrom"/> times the floor: what it shall be can be told.</summary>
    Rough,

    /// <summary>Further away: blobs, or noise.</summary>
    NotYet,
}

/// <summary>Judges scores by their distance from the floor that real pictures reach against each other.</summary>
internal static class Likenesses
{
    /// <summary>Times the floor above which pictures are rough.</summary>
    public const double RoughFrom = 4;

    /// <summary>Times the floor above which they are no cats yet.</summary>
    public const double NotYetFrom = 6;

    /// <summary>Pictures that a full score of the usual size looks at, 64 patches a level of each.</summary>
    public const int FullPictures = 2048;

    private const string Metric = "swd";
    private const double FullPatches = FullPictures * 64;

    /// <summary>The SWD of an experiment's best full score, else of its last full report, else of its last one; null when it has none.</summary>
    public static Score? Of(ExperimentRecord experiment)
    {
        CurvePoint[] scored = [.. experiment.Curve.Where(p => p.Scores.ContainsKey(Metric))];
        CurvePoint? point = scored.LastOrDefault(p => p.Full && p.Images == experiment.Best?.Images) ?? scored.LastOrDefault(p => p.Full) ?? scored.LastOrDefault();
        return point?.Scores[Metric];
    }

    /// <summary>The word for an SWD.</summary>
    public static Likeness Judge(Score? score) => TimesFullFloor(score) switch
    {
        null => Likeness.Unknown,
        <= RoughFrom => Likeness.Cats,
        <= NotYetFrom => Likeness.Rough,
        _ => Likeness.NotYet,
    };

    /// <summary>
    /// Times the floor, as a full score of the usual size would have it. The floor of fewer patches is higher and hides what
    /// is missing; what lies beyond it, the root of score² − floor², hardly depends on their number.
    /// </summary>
    public static double? TimesFullFloor(Score? score)
    {
        if (score is not { Floor: > 0, Pictures: > 0, Patches: > 0 } s || !double.IsFinite(s.Value))
            return null;
        double floor = s.Floor * Math.Sqrt(Math.Min(1, s.Pictures * (double)s.Patches / FullPatches));
        double beyond = Math.Max(0, (s.Value * s.Value) - (s.Floor * s.Floor));
        return Math.Sqrt(beyond + (floor * floor)) / floor;
    }
}
