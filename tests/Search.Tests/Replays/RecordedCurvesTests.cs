using System.Collections.Immutable;
using System.Globalization;

namespace CatGan.Search.Tests;

/// <summary>Pruners on curves of real runs, over 100 orders in which their configurations may come, four at once.</summary>
public sealed class RecordedCurvesTests(ITestOutputHelper output)
{
    private const int Orders = 100;

    [Fact]
    public void Load_RecordedCurves_AreWholeRunsOfFourVariants()
    {
        RecordedSweep recorded = RecordedCurves.Load();
        Assert.Equal(32, recorded.Curves.Length);
        Assert.All(recorded.Curves, c => Assert.True(c.End.Outcome == ExperimentOutcome.Diverged || c.End.Images >= recorded.BudgetImages));
        Assert.Equal(4, recorded.Curves.Select(c => c.Label.Split(' ')[0]).Distinct().Count());
    }

    [Fact]
    public void Play_AshaByDefault_FindsAWinnerAsGoodWithAThirdOfTheImages()
    {
        (double share, double loss, _) = Play("asha");
        Assert.InRange(share, 0.05, 1.0 / 3);
        Assert.InRange(loss, 0, 0.05);
    }

    /// <summary>The table of docs/search.md; every pruner saves something and loses less than a bad draw would.</summary>
    [Theory]
    [InlineData("asha", "eta=4 min_images=1000")]
    [InlineData("asha", "eta=4 min_images=2000")]
    [InlineData("asha", "eta=2 min_images=1000")]
    [InlineData("asha", "eta=2 min_images=2000")]
    [InlineData("asha", "eta=2 min_images=4000")]
    [InlineData("asha", "eta=2 min_images=8000")]
    [InlineData("asha", "eta=4 min_images=8000")]
    [InlineData("hyperband", "eta=2 min_images=1000")]
    [InlineData("hyperband", "eta=4 min_images=1000")]
    [InlineData("median", "warmup_experiments=5")]
    [InlineData("median", "warmup_experiments=5 warmup_images=4000")]
    public void Play_AnyPruner_SavesImages(string pruner, string options)
    {
        (double share, double loss, double killed) = Play(pruner, [.. options.Split(' ').Select(o => o.Split('=')).Select(o => (o[0], o[1]))]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {pruner} {options} | {100 * share:0.0} % | {100 * loss:0.0} % | {100 * killed:0} % |"));
        Assert.InRange(share, 0.01, 0.9);
    }

    private static (double Share, double Loss, double Killed) Play(string pruner, params (string Name, string Value)[] options)
    {
        RecordedSweep recorded = RecordedCurves.Load();
        PrunerChoice choice = new PrunerChoice(pruner, options.ToImmutableSortedDictionary(o => o.Name, o => o.Value)).Settled();
        Simulation simulation = new(recorded, choice, null, Simulation.RungsOf(recorded, choice), Workers: 4);
        Assert.Empty(simulation.Faults());
        SimulatedSweep[] plays = [.. simulation.Orders(Orders, seed: 1).Select(simulation.Play)];
        return (
            plays.Average(p => p.Images) / recorded.Images,
            plays.Average(p => (p.Winner!.Score / p.TrueWinner!.Score) - 1),
            plays.Average(p => p.TrueWinner!.Killed ? 1.0 : 0));
    }
}
