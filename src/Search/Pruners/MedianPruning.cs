using System.Globalization;

namespace CatGan.Search.Pruners;

/// <summary>The median stopping rule at work: at each rung the running averages of all that reached it, in order.</summary>
internal sealed class MedianPruning(SweepDefinition definition, int warmupExperiments, long warmupImages) : IPruning
{
    private readonly RankedSet[] _averages = [.. definition.Rungs.Select(_ => new RankedSet())];

    public void Set(Experiment? before, Experiment after)
    {
        if (before is not null && after.IsSameFor(before))
            return;
        foreach ((int rung, Place place) in before is null ? [] : Averages(before))
            _averages[rung].Remove(place);
        foreach ((int rung, Place place) in Averages(after))
            _averages[rung].Add(place);
    }

    public Verdict Judge(Experiment experiment)
    {
        if (definition.RungOf(experiment.Rungs[^1].Images) is not { } rung || definition.Rungs[rung] < warmupImages || _averages[rung].Count - 1 < warmupExperiments)
            return Verdict.GoOn;
        double median = MedianOfOthers(_averages[rung], Averages(experiment).First(a => a.Rung == rung).Place);
        return Place.BadnessOf(definition.Objective, experiment.BestScore) > median ? Verdict.Stop(Reason(experiment, rung, median)) : Verdict.GoOn;
    }

    public int? Promotion(bool last) => null;

    public string Standing(Experiment experiment) => experiment.PauseReason ?? "median";

    /// <summary>The running average at each rung that the experiment reached; the worst at the one after where it failed.</summary>
    private IEnumerable<(int Rung, Place Place)> Averages(Experiment experiment)
    {
        double sum = 0;
        int scores = 0;
        for (int rung = 0; rung < definition.Rungs.Length; rung++)
        {
            if (experiment.ScoreOf(definition, rung) is { } reached)
            {
                sum += Place.Of(definition.Objective, reached, experiment.Number).Badness;
                yield return (rung, new Place(sum / ++scores, experiment.Number));
            }
            else if (experiment.HasFailed() && !experiment.Rungs.Any(r => r.Images >= definition.Rungs[rung]))
            {
                yield return (rung, Place.Worst(experiment.Number));
                yield break;
            }
        }
    }

    private static double MedianOfOthers(RankedSet averages, Place own)
    {
        int rank = averages.Rank(own), others = averages.Count - 1;
        double At(int i) => averages[i < rank ? i : i + 1].Badness;
        (double low, double high) = (At((others - 1) / 2), At(others / 2));
        return low == high ? low : (low + high) / 2;
    }

    private string Reason(Experiment experiment, int rung, double median)
    {
        string best = experiment.BestScore is { } score ? Numbers.Brief(score) : "not a number";
        string middle = Numbers.Brief(definition.Objective.Minimize ? median : -median);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"median: the best {definition.Objective.Metric} by {definition.Rungs[rung]:N0} images was {best}, worse than {middle}, the median of {_averages[rung].Count - 1} others' averages so far");
    }
}
