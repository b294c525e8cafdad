namespace CatGan.Training.Verdicts;

/// <summary>The last scored reports and the best scores before them; part of a checkpoint.</summary>
internal sealed class EvidenceLog
{
    /// <summary>Scored reports in a row that must all look bad before a flag is raised.</summary>
    public const int Reports = 4;

    /// <summary>How many of them must have an earlier score to be compared with: a rung's may be the first of its size.</summary>
    private const int Comparable = Reports - 1;

    /// <summary>A better SWD is lower than the best before by more than this share: less is the noise of a quick score.</summary>
    private const double Noise = 0.02;

    /// <summary>The last reports, oldest first.</summary>
    public List<Evidence> Last { get; init; } = [];

    /// <summary>
    /// Lowest SWD of all reports before <see cref="Last"/>, apart for every size of score: a full score lies below
    /// every quick one of the same generator, as its floor does.
    /// </summary>
    public List<BestScore> BestBefore { get; init; } = [];

    /// <summary>True when there are enough reports past the run's youth to judge.</summary>
    public bool IsRipe => Last.Count == Reports && !Last[0].Young;

    /// <summary>True when none of the last reports' SWD beats the best of its size before them.</summary>
    public bool IsNotImproving
    {
        get
        {
            bool[] worse = [.. Last.Where(e => e.Swd is not null).Join(BestBefore, e => e.Size, b => b.Size, (e, b) => e.Swd > b.Swd * (1 - Noise))];
            return worse.Length >= Comparable && worse.All(w => w);
        }
    }

    /// <summary>Takes in a scored report.</summary>
    public void Add(Evidence evidence)
    {
        Last.Add(evidence);
        if (Last.Count <= Reports)
            return;
        Remember(Last[0]);
        Last.RemoveAt(0);
    }

    private void Remember(Evidence old)
    {
        if (old.Swd is not { } swd)
            return;
        int at = BestBefore.FindIndex(b => b.Size == old.Size);
        if (at < 0)
            BestBefore.Add(new BestScore(old.Size, swd));
        else if (swd < BestBefore[at].Swd)
            BestBefore[at] = new BestScore(old.Size, swd);
    }
}
