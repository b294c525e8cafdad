using CatGan.Search.Samplers;

namespace CatGan.Search;

/// <summary>
/// Keeps the scores of a sweep's configurations in order, in logarithmic time a change. A function of the experiments as they
/// are, not of the order in which they became so: whoever reads a snapshot back adds them one by one and has the same.
/// </summary>
internal sealed class ConfigurationResults(Objective objective, int repeats) : IConfigurationResults
{
    private readonly List<(Configuration Configuration, Verdict Verdict)> _all = [];
    private readonly SortedSet<(double Cost, int Index)> _scored = [];

    private enum Standing
    {
        /// <summary>Some repeat has neither a score nor an end.</summary>
        Open,
        Scored,
        Failed,
        Withdrawn,
    }

    public int Count => _all.Count;

    public int Scored => _scored.Count;

    public int Failed { get; private set; }

    public IEnumerable<int> Best => _scored.Select(s => s.Index);

    public Configuration this[int index] => _all[index].Configuration;

    public bool IsWithdrawn(int index) => _all[index].Verdict.Standing == Standing.Withdrawn;

    /// <summary>Takes in that an experiment is now as it is.</summary>
    /// <param name="changed">The experiment.</param>
    /// <param name="experiments">All of the sweep; number n is at n - 1.</param>
    public void Update(Experiment changed, IReadOnlyList<Experiment> experiments)
    {
        int index = changed.ConfigurationIndex;
        if (index == _all.Count)
            _all.Add((changed.Configuration, default));
        Verdict before = _all[index].Verdict;
        if (before.Standing == Standing.Open && !HasResult(changed))
            return;
        Verdict after = Judge(changed.Number - 1 - changed.Repeat, experiments);
        if (after == before)
            return;
        Tally(before, index, -1);
        Tally(after, index, 1);
        _all[index] = (changed.Configuration, after);
    }

    private void Tally(Verdict verdict, int index, int sign)
    {
        if (verdict.Standing == Standing.Failed)
            Failed += sign;
        else if (verdict.Standing == Standing.Scored && sign > 0)
            _scored.Add((verdict.Cost, index));
        else if (verdict.Standing == Standing.Scored)
            _scored.Remove((verdict.Cost, index));
    }

    private Verdict Judge(int first, IReadOnlyList<Experiment> experiments)
    {
        double sum = 0;
        Standing standing = Standing.Scored;
        for (int i = first; i < first + repeats; i++)
        {
            if (i >= experiments.Count || !HasResult(experiments[i]))
                return default;
            if (experiments[i].Outcome == ExperimentOutcome.Cancelled)
                standing = Standing.Withdrawn;
            else if (standing == Standing.Scored && !HasScore(experiments[i]))
                standing = Standing.Failed;
            sum += experiments[i].BestScore ?? 0;
        }
        return standing == Standing.Scored ? new(standing, (objective.Minimize ? sum : -sum) / repeats) : new(standing, 0);
    }

    // One that runs on, or waits at a rung, counts by the full scores that it has.
    private static bool HasResult(Experiment experiment) => experiment.Stage == ExperimentStage.Ended || experiment.BestScore is not null;

    private static bool HasScore(Experiment experiment) =>
        experiment is { BestScore: not null, Outcome: null or ExperimentOutcome.Completed or ExperimentOutcome.Stopped };

    private readonly record struct Verdict(Standing Standing, double Cost);
}
