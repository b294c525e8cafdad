namespace CatGan.Search.Pruners;

/// <summary>Stops an experiment that has not become better over as many full scores as the spec's <c>patience</c>.</summary>
internal sealed class Patience : IPruner
{
    public string? Verdict(SweepDefinition definition, Experiment experiment) =>
        definition.Patience is { } patience && experiment.ScoresSinceBest >= patience && experiment.BestScore is { } best
            ? $"patience: {definition.Objective.Metric} was not better than {Numbers.Text(best)} (at {experiment.BestImages} images) in {experiment.ScoresSinceBest} full scores"
            : null;
}
