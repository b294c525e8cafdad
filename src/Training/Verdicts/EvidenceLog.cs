namespace CatGan.Training.Verdicts;

/// <summary>The last scored reports and the best score before them; part of a checkpoint.</summary>
internal sealed class EvidenceLog
{
    /// <summary>Scored reports in a row that must all look bad before a flag is raised.</summary>
    public const int Reports = 4;

    /// <summary>Share of the budget before which nothing is flagged: young runs look bad.</summary>
    private const double Young = 0.1;

    /// <summary>Generator updates before which nothing is flagged: WGAN-GP makes the same blob for hundreds of them.</summary>
    private const long YoungUpdates = 1_000;

    /// <summary>A better SWD is lower than the best before by more than this share: less is the noise of a quick score.</summary>
    private const double Noise = 0.02;

    /// <summary>The last reports, oldest first.</summary>
    public List<Evidence> Last { get; init; } = [];

    /// <summary>Lowest SWD of all reports before <see cref="Last"/>.</summary>
    public double? BestBefore { get; set; }

    /// <summary>True when there are enough reports past the run's youth to judge.</summary>
    public bool IsRipe => Last.Count == Reports && Last[0].Progress >= Young && Last[0].Updates >= YoungUpdates;

    /// <summary>True when none of the last reports' SWD beats the best before them.</summary>
    public bool IsNotImproving =>
        BestBefore is { } best && Last.Select(e => e.Swd).OfType<double>().DefaultIfEmpty(double.NegativeInfinity).Min() > best * (1 - Noise);

    /// <summary>Takes in a scored report.</summary>
    public void Add(Evidence evidence)
    {
        Last.Add(evidence);
        if (Last.Count <= Reports)
            return;
        BestBefore = Math.Min(BestBefore ?? double.PositiveInfinity, Last[0].Swd ?? double.PositiveInfinity);
        if (double.IsPositiveInfinity(BestBefore.Value))
            BestBefore = null;
        Last.RemoveAt(0);
    }
}
