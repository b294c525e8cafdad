namespace CatGan.Search.Pruners;

/// <summary>
/// Stops an experiment that has not become better over as many full scores as the spec's <c>patience</c>, and leaves the
/// others to the pruner it stands around (the early stopping of Prechelt 1998, "Early Stopping - But When?", with full
/// scores for epochs).
/// </summary>
internal sealed class Patience(SweepDefinition definition, int patience, IPruning inner) : IPruning
{
    public void Set(Experiment? before, Experiment after) => inner.Set(before, after);

    public Verdict Judge(Experiment experiment) =>
        experiment.ScoresSinceBest >= patience && experiment.BestScore is { } best
            ? Verdict.Stop($"patience: {definition.Objective.Metric} was not better than {Numbers.Brief(best)} (at {experiment.BestImages} images) in {experiment.ScoresSinceBest} full scores")
            : inner.Judge(experiment);

    public int? Promotion(bool last) => inner.Promotion(last);

    public string Standing(Experiment experiment) => inner.Standing(experiment);
}
