using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report.Charts;

/// <summary>The axes that the small charts of all experiments share, so that they can be compared by eye.</summary>
/// <param name="Images">Images, from 0.</param>
/// <param name="Losses">Losses of each family.</param>
/// <param name="Metrics">Metrics by name, the objective first.</param>
internal sealed record CurveAxes(Axis Images, IReadOnlyDictionary<Family, Axis> Losses, IReadOnlyDictionary<string, Axis> Metrics)
{
    /// <summary>Axes for the experiments shown in full.</summary>
    public static CurveAxes Of(ReportModel model)
    {
        ExperimentRecord[] shown = [.. model.InFull];
        CurvePoint[] points = [.. shown.SelectMany(e => e.Curve)];
        return new CurveAxes(
            new Axis(0, Math.Max(1, points.Select(p => p.Images).DefaultIfEmpty(1).Max()), AxisKind.Linear),
            shown.GroupBy(e => Family.Of(e.Options)).ToDictionary(g => g.Key, g => LossAxis(g.SelectMany(e => e.Curve))),
            points.SelectMany(p => p.Scores.Keys).Distinct().OrderBy(m => m == model.Sweep.Metric ? 0 : 1).ThenBy(m => m, StringComparer.Ordinal)
                .ToDictionary(m => m, m => ScoreAxis(points, m)));
    }

    // A diverging run must not flatten the others: beyond two decades the axis bends.
    private static Axis LossAxis(IEnumerable<CurvePoint> points)
    {
        double[] values = [.. points.SelectMany(p => (double?[])[p.LossD, p.LossG]).OfType<double>().Where(double.IsFinite)];
        bool wide = values.Length > 0 && values.Max() - values.Min() > 100;
        return Axis.Around(values, wide ? AxisKind.SymLog : AxisKind.Linear);
    }

    private static Axis ScoreAxis(CurvePoint[] points, string metric)
    {
        Score[] scores = [.. points.Where(p => p.Scores.ContainsKey(metric)).Select(p => p.Scores[metric]).Where(s => double.IsFinite(s.Value))];
        double[] values = [.. scores.SelectMany(s => (double[])[s.Value, s.Floor])];
        bool log = values.Length > 0 && values.Min() > 0 && values.Max() / values.Min() > 8;
        return Axis.Around(values, log ? AxisKind.Log : AxisKind.Linear);
    }
}
