using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>A number between two bounds, each as likely as the others.</summary>
/// <param name="Name">Name of the setting.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value, not below <paramref name="Min"/>.</param>
/// <param name="Points">Values in a grid, evenly spaced, both bounds among them; other samplers do not need it.</param>
public sealed record UniformParameter(string Name, double Min, double Max, int? Points = null) : Parameter(Name)
{
    internal const string KindName = "uniform";

    private protected override string KindWord => KindName;

    /// <inheritdoc/>
    public override IEnumerable<string> Extremes() => [Numbers.Text(Min), Numbers.Text(Max)];

    internal override string Draw(SearchRandom random) => Numbers.Text(At(random.NextDouble()));

    internal override ImmutableArray<string> GridValues() => Interval.GridValues(Points, p => Numbers.Text(At(p)));

    // A draw hits a given real number with probability 0, so no condition can name one.
    internal override bool CanBe(string value) => false;

    internal override IEnumerable<SpecFault> OwnFaults()
    {
        if (!double.IsFinite(Min) || !double.IsFinite(Max) || Min > Max)
            yield return Fault($"goes from {Numbers.Text(Min)} to {Numbers.Text(Max)}, but must go from a finite number to one that is not smaller");
        foreach (SpecFault fault in PointsFaults(Points))
            yield return fault;
    }

    // Weighted in this form because Max - Min may overflow.
    private double At(double place) => Numbers.Readable((Min * (1 - place)) + (Max * place), Min, Max);
}
