using System.Collections.Immutable;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>A sweep with a pruner, played report by report as attempts make them: the rung's checkpoint, its score, and leaving at once when told.</summary>
internal sealed class PrunedSweep(SweepDefinition definition, int places = 1)
{
    /// <summary>Budget 400 with rungs at 100 and 200, configurations by chance.</summary>
    public static SweepDefinition Of(string pruner, int configurations, params (string Name, string Value)[] options) => Small with
    {
        BudgetImages = 400,
        Rungs = [100, 200],
        Sampler = SamplerChoice.Of("random"),
        Configurations = configurations,
        Pruner = new PrunerChoice(pruner, options.ToImmutableSortedDictionary(o => o.Name, o => o.Value)),
    };

    public Sweep Sweep { get; } = Start(definition, places);

    public Experiment this[int number] => Sweep.Experiments[number - 1];

    /// <summary>The numbers that are offered or run.</summary>
    public IEnumerable<int> Active => Sweep.Active;

    /// <summary>The experiment trains to a rung and is scored; returns what becomes of it there.</summary>
    public string At(int number, long images, double swd)
    {
        Begin(number);
        Sweep.Apply(Saved(number, images, this[number].Epoch));
        StopExperiment? stop = Sweep.Apply(Rung(number, images, swd, this[number].Epoch)).OfType<StopExperiment>().SingleOrDefault();
        if (stop is null)
            return "goes on";
        Assert.False(stop.Keep);
        Sweep.Apply(Lost(number, this[number].Epoch));
        return this[number].Outcome == ExperimentOutcome.Stopped && Sweep.Stage == SweepStage.Running ? "stopped" : "paused";
    }

    /// <summary>The experiment trains to an end.</summary>
    public void End(int number, double? swd, ExperimentOutcome outcome = ExperimentOutcome.Completed)
    {
        Begin(number);
        Sweep.Apply(Ended(number, swd, outcome, this[number].Epoch) with { Images = outcome == ExperimentOutcome.Completed ? 400 : this[number].Images + 50 });
    }

    private void Begin(int number)
    {
        if (this[number].Stage == ExperimentStage.Offered)
            Sweep.Apply(Started(number, this[number].Epoch + 1));
    }
}
