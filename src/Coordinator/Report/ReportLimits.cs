namespace CatGan.Coordinator.Report;

/// <summary>What bounds a report's size; what is left out, the report says.</summary>
internal sealed record ReportLimits
{
    /// <summary>Experiments shown with curves and samples; the best ones of each variant come first.</summary>
    public int InFull { get; init; } = 40;

    /// <summary>Rows of a table.</summary>
    public int TableRows { get; init; } = 400;

    /// <summary>Moments of a sample strip.</summary>
    public int StripColumns { get; init; } = 8;

    /// <summary>Pictures of each moment.</summary>
    public int StripRows { get; init; } = 3;

    /// <summary>Points of a curve; the ends of every stretch left out stay.</summary>
    public int CurvePoints { get; init; } = 160;

    /// <summary>Bytes of the spec that are quoted.</summary>
    public int SpecLength { get; init; } = 40_000;
}
