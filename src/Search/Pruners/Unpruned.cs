namespace CatGan.Search.Pruners;

/// <summary>No pruner: every experiment goes on.</summary>
internal sealed class Unpruned : IPruning
{
    public void Set(Experiment? before, Experiment after)
    {
        // Nothing depends on what the others do.
    }

    public Verdict Judge(Experiment experiment) => Verdict.GoOn;

    public int? Promotion(bool last) => null;

    public string Standing(Experiment experiment) => experiment.PauseReason ?? "paused";
}
