using System.Collections.Immutable;
using System.Globalization;

namespace CatGan.Search.Pruners;

/// <summary>
/// Asynchronous successive halving with promotion (Li et al. 2020, "A System for Massively Parallel Hyperparameter
/// Tuning", algorithm 2) in one or more brackets. At a rung an experiment goes on when it is among the best 1 in eta of
/// those of its bracket that reached the rung so far; else it pauses there, and goes on when it comes to be one of them.
/// Bracket b has no say below the (b + 1)th rung.
/// </summary>
/// <param name="definition">The sweep.</param>
/// <param name="name">The pruner's name, for reasons.</param>
/// <param name="eta">1 in this many goes on.</param>
/// <param name="brackets">How many brackets there are.</param>
/// <param name="bracketOf">The bracket of a configuration, from 0, by its index; all its repeats are in the same.</param>
/// <remarks>
/// Two additions to the paper, which assumes that configurations never run out. An experiment that diverged or failed
/// counts as the worst of the next rung. And when all that is left of a sweep is paused, the best of the highest rung goes
/// on as long as nobody went on from there with a result, so that one experiment uses its budget however small the sweep.
/// </remarks>
internal sealed class Ladder(SweepDefinition definition, string name, int eta, int brackets, Func<int, int> bracketOf) : IPruning
{
    private readonly ImmutableArray<ImmutableArray<LadderRung>> _brackets =
        [.. Enumerable.Range(0, brackets).Select(b => definition.Rungs.Select((images, i) => new LadderRung(i, images)).Skip(b).ToImmutableArray())];

    /// <summary>All rungs, the highest first, of the same images those of the lowest bracket first: the order of promotion.</summary>
    private ImmutableArray<LadderRung> Order => field.IsDefault
        ? field = [.. _brackets.SelectMany(b => b).OrderByDescending(r => r.Images)]
        : field;

    public void Set(Experiment? before, Experiment after)
    {
        if (before is not null && after.IsSameFor(before))
            return;
        if (before is not null)
            Count(before, isIn: false);
        Count(after, isIn: true);
    }

    public Verdict Judge(Experiment experiment)
    {
        if (Last(experiment) is not { } rung || rung.Index != definition.RungOf(experiment.Rungs[^1].Images))
            return Verdict.GoOn;
        Place place = Place.Of(definition.Objective, experiment.ScoreOf(definition, rung.Index)!, experiment.Number);
        return rung.Reached.Rank(place) < rung.Room(eta) ? Verdict.GoOn : Verdict.Pause(Standing(experiment));
    }

    public int? Promotion(bool last)
    {
        foreach (LadderRung rung in Order)
        {
            if (rung.Paused.Count > 0 && rung.Reached.Rank(rung.Paused.Min) < rung.Room(eta))
                return rung.Paused.Min.Number;
        }
        return last && Order.FirstOrDefault(r => r.Paused.Count > 0) is { NobodyWentOn: true } top ? top.Paused.Min.Number : null;
    }

    public string Standing(Experiment experiment)
    {
        if (Last(experiment) is not { } rung)
            return experiment.PauseReason ?? name;
        Rung at = experiment.ScoreOf(definition, rung.Index)!;
        int rank = rung.Reached.Rank(Place.Of(definition.Objective, at, experiment.Number)) + 1;
        string score = definition.Objective.In(at.Scores) is { } value ? $"{definition.Objective.Metric} {Numbers.Brief(value)}" : $"no {definition.Objective.Metric}";
        string bracket = brackets > 1 ? $" bracket {bracketOf(experiment.ConfigurationIndex)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{name}{bracket}: rank {rank} of {rung.Reached.Count} at {rung.Images:N0} images ({score}), 1 in {eta} goes on");
    }

    private ImmutableArray<LadderRung> BracketOf(Experiment experiment) => _brackets[bracketOf(experiment.ConfigurationIndex)];

    /// <summary>The highest rung of its bracket that the experiment was scored at; null before the first.</summary>
    private LadderRung? Last(Experiment experiment) => BracketOf(experiment).LastOrDefault(r => experiment.ScoreOf(definition, r.Index) is not null);

    private void Count(Experiment experiment, bool isIn)
    {
        LadderRung? last = Last(experiment);
        bool failed = experiment.HasFailed();
        foreach (LadderRung rung in BracketOf(experiment))
        {
            if (experiment.ScoreOf(definition, rung.Index) is { } score)
            {
                Place place = Place.Of(definition.Objective, score, experiment.Number);
                rung.Count(place, experiment.HasNoResult(), paused: rung == last && experiment.IsPromotable(), isIn);
            }
            else if (failed && rung.Index > (last?.Index ?? -1))
            {
                rung.Count(Place.Worst(experiment.Number), withoutResult: true, paused: false, isIn);
                return;
            }
        }
    }
}
