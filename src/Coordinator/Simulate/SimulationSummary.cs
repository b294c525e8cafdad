using System.Collections.Immutable;
using CatGan.Search;

namespace CatGan.Coordinator.Simulate;

/// <summary>Several plays of one simulation in a few numbers; the worst is that of the play that fared worst by it.</summary>
internal sealed record SimulationSummary
{
    /// <summary>Images trained.</summary>
    public required double MeanImages { get; init; }

    /// <summary>Images trained, the most.</summary>
    public required long MostImages { get; init; }

    /// <summary>Images trained over those of the full sweep.</summary>
    public required double MeanImagesShare { get; init; }

    /// <summary>The same, the largest.</summary>
    public required double WorstImagesShare { get; init; }

    /// <summary>Time of the full sweep with as many workers over the time needed; null when the journal knows of no time.</summary>
    public required double? MeanSpeedUp { get; init; }

    /// <summary>The same, the smallest.</summary>
    public required double? WorstSpeedUp { get; init; }

    /// <summary>The objective that won; null when nothing had a score in some play.</summary>
    public required double? MeanScore { get; init; }

    /// <summary>The same, the worst.</summary>
    public required double? WorstScore { get; init; }

    /// <summary>The objective that won the full sweep; null when none did.</summary>
    public required double? BestScore { get; init; }

    /// <summary>How much worse the winner's objective is than the full sweep's best, as a share of it.</summary>
    public required double? MeanLoss { get; init; }

    /// <summary>The same, the largest.</summary>
    public required double? WorstLoss { get; init; }

    /// <summary>Place of the winner in the full sweep; null when it has none in some play.</summary>
    public required double? MeanPlace { get; init; }

    /// <summary>The same, the last.</summary>
    public required int? WorstPlace { get; init; }

    /// <summary>Plays in which the full sweep's winner would not have trained to its end.</summary>
    public required int Killed { get; init; }

    /// <summary>The summary of plays.</summary>
    public static SimulationSummary Of(Simulation simulation, ImmutableArray<SimulatedSweep> plays)
    {
        double full = simulation.Recorded.Images, seconds = (simulation with { Pruner = null, Patience = null }).Play(simulation.RecordedOrder()).Seconds;
        bool minimize = simulation.Recorded.Objective.Minimize;
        double? best = plays[0].TrueWinner?.Score;
        double[] scores = [.. plays.Select(p => p.Winner?.Score ?? double.NaN)];
        double[] losses = [.. scores.Select(s => (minimize ? s - best : best - s) / Math.Abs(best ?? double.NaN) ?? double.NaN)];
        int?[] places = [.. plays.Select(p => p.Winner?.TruePlace)];
        return new()
        {
            MeanImages = plays.Average(p => p.Images),
            MostImages = plays.Max(p => p.Images),
            MeanImagesShare = plays.Average(p => p.Images) / full,
            WorstImagesShare = plays.Max(p => p.Images) / full,
            MeanSpeedUp = Finite(plays.Average(p => seconds / p.Seconds)),
            WorstSpeedUp = Finite(plays.Min(p => seconds / p.Seconds)),
            MeanScore = Finite(scores.Average()),
            WorstScore = Finite(minimize ? scores.Max() : scores.Min()),
            BestScore = best,
            MeanLoss = Finite(losses.Average()),
            WorstLoss = Finite(losses.Max()),
            MeanPlace = places.Contains(null) ? null : places.Average(),
            WorstPlace = places.Contains(null) ? null : places.Max(),
            Killed = plays.Count(p => p.TrueWinner is { Killed: true }),
        };
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
