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

    internal override string Draw(SearchRandom random) => At(random.NextDouble());

    internal override string At(double place) =>
        // Weighted in this form because Max - Min may overflow.
        Numbers.Text(Numbers.Readable((Min * (1 - place)) + (Max * place), Min, Max));

    internal override Cell? CellOf(string value) => Numbers.Parse(value) is { } number && number >= Min && number <= Max
        ? Cell.Point(((number / 2) - (Min / 2)) / ((Max / 2) - (Min / 2)))
        : null;

    internal override ImmutableArray<string> GridValues() => Interval.GridValues(Points, At);

    // A draw hits a given real number with probability 0, so no condition can name one.
    internal override bool CanBe(string value) => false;

    internal override IEnumerable<SpecFault> OwnFaults()
    {
        if (!double.IsFinite(Min) || !double.IsFinite(Max) || Min > Max)
            yield return Fault($"goes from {Numbers.Text(Min)} to {Numbers.Text(Max)}, but must go from a finite number to one that is not smaller");
        foreach (SpecFault fault in PointsFaults(Points))
            yield return fault;
    }
}
