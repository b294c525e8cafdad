using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CatGan.Coordinator.Watching;
using CatGan.Search;

namespace CatGan.Coordinator.Simulate;

/// <summary>What simulated sweeps say, for people and for scripts.</summary>
internal sealed record SimulationReport
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private SimulationReport(string sweep, Simulation simulation, ImmutableArray<SimulatedSweep> plays) =>
        (Sweep, Simulation, Plays, Summary) = (sweep, simulation, plays, SimulationSummary.Of(simulation, plays));

    private string Sweep { get; }

    private Simulation Simulation { get; }

    private ImmutableArray<SimulatedSweep> Plays { get; }

    private SimulationSummary Summary { get; }

    /// <summary>Plays what was asked for.</summary>
    /// <exception cref="App.UserException">It cannot be played; says what is wrong.</exception>
    public static SimulationReport Of(string id, Sweep sweep, SimulationWishes wishes, CancellationToken cancellationToken)
    {
        Simulation simulation = wishes.Of(id, sweep);
        IEnumerable<ImmutableArray<int>> orders = wishes.Orders is { } count ? simulation.Orders(count, wishes.Seed) : [simulation.RecordedOrder()];
        ImmutableArray<SimulatedSweep>.Builder plays = ImmutableArray.CreateBuilder<SimulatedSweep>();
        foreach (ImmutableArray<int> order in orders)
        {
            cancellationToken.ThrowIfCancellationRequested();
            plays.Add(simulation.Play(order));
        }
        return new(id, simulation, plays.ToImmutable());
    }

    /// <summary>For scripts.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            sweep = Sweep,
            pruner = Simulation.Pruner?.Name ?? PrunerChoice.None,
            options = Simulation.Pruner?.Options ?? ImmutableSortedDictionary<string, string>.Empty,
            patience = Simulation.Patience,
            rungs = Simulation.Rungs,
            workers = Simulation.Workers,
            metric = Simulation.Recorded.Objective.Metric,
            full_images = Simulation.Recorded.Images,
            summary = Summary,
            orders = Plays,
        },
        Options);

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines()
    {
        RecordedSweep recorded = Simulation.Recorded;
        string metric = recorded.Objective.Metric;
        yield return Fact("sweep", $"{Sweep}: {recorded.Curves.Length:N0} experiments, {recorded.Images:N0} images, all to their ends");
        yield return Fact("pruner", $"{Pruner()}, judging at {string.Join(", ", Simulation.Rungs.Select(r => Text($"{r:N0}")))} images");
        yield return Fact("played", $"{(Plays.Length == 1 ? "once, in its own order" : $"{Plays.Length:N0} orders")}, {Simulation.Workers:N0} at once");
        yield return "";
        List<string[]> table = [["", "mean", "worst"]];
        table.Add(["images trained", Text($"{Summary.MeanImages:N0}"), Text($"{Summary.MostImages:N0}")]);
        table.Add(["images saved", Percent(1 - Summary.MeanImagesShare), Percent(1 - Summary.WorstImagesShare)]);
        table.Add(["times faster", Text($"{Summary.MeanSpeedUp:0.0}"), Text($"{Summary.WorstSpeedUp:0.0}")]);
        table.Add([$"winner's {metric}", StatusWords.Score(Summary.MeanScore), StatusWords.Score(Summary.WorstScore)]);
        table.Add([$"full sweep's best {metric}", StatusWords.Score(Summary.BestScore), ""]);
        table.Add(["winner is worse by", Percent(Summary.MeanLoss), Percent(Summary.WorstLoss)]);
        table.Add(["winner's place in the full sweep", Text($"{Summary.MeanPlace:0.0}"), Text($"{Summary.WorstPlace}")]);
        foreach (string line in TextTable.Lines(table))
            yield return line;
        yield return "";
        yield return TrueWinner();
        if (Plays is [{ Winner: { } winner }])
            yield return $"would have won: {winner.Label} with {metric} {StatusWords.Score(winner.Score)}, {(winner.TruePlace is { } place ? $"place {place} of the full sweep" : "without a place in the full sweep")}";
    }

    private string TrueWinner()
    {
        if (Plays[0].TrueWinner is not { } winner)
            return "the full sweep has no winner: no configuration of it has a score from every repeat";
        string who = $"true winner: {winner.Label} with {Simulation.Recorded.Objective.Metric} {StatusWords.Score(winner.Score)}";
        if (Plays.Length > 1)
            return Text($"{who}; it would have been cut short in {Summary.Killed:N0} of {Plays.Length:N0} orders");
        return winner.Killed ? Text($"{who}; it would have been cut short at {winner.Images:N0} images") : $"{who}; it would have trained to its end";
    }

    private string Pruner() => string.Join(
        ", ",
        (Simulation.Pruner?.Options.Select(o => $"{o.Key} {o.Value}") ?? []).Prepend(Simulation.Pruner?.Name ?? PrunerChoice.None)
            .Concat(Simulation.Patience is { } patience ? [$"patience {patience}"] : []));

    private static string Fact(string name, FormattableString text) => $"{name,-8} {Text(text)}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share is { } value && double.IsFinite(value) ? Text($"{100 * value:0.0} %") : "";
}
