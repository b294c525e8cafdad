using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>A number between two bounds whose logarithm is uniform: each decade is as likely as the others.</summary>
/// <param name="Name">Name of the setting.</param>
/// <param name="Min">Smallest value, above 0.</param>
/// <param name="Max">Largest value, not below <paramref name="Min"/>.</param>
/// <param name="Points">Values in a grid, each the same factor above the one before, both bounds among them.</param>
public sealed record LogUniformParameter(string Name, double Min, double Max, int? Points = null) : Parameter(Name)
{
    internal const string KindName = "log_uniform";

    private protected override string KindWord => KindName;

    /// <inheritdoc/>
    public override IEnumerable<string> Extremes() => [Numbers.Text(Min), Numbers.Text(Max)];

    internal override string Draw(SearchRandom random) => At(random.NextDouble());

    internal override string At(double place) => Numbers.Text(Numbers.Readable(Interval.Geometric(Min, Max, place), Min, Max));

    internal override Cell? CellOf(string value) => Numbers.Parse(value) is { } number && number >= Min && number <= Max
        ? Cell.Point((Math.Log(number) - Math.Log(Min)) / (Math.Log(Max) - Math.Log(Min)))
        : null;

    internal override ImmutableArray<string> GridValues() => Interval.GridValues(Points, At);

    internal override bool CanBe(string value) => false;

    internal override IEnumerable<SpecFault> OwnFaults()
    {
        if (!(Min > 0) || !double.IsFinite(Max) || Min > Max)
            yield return Fault($"goes from {Numbers.Text(Min)} to {Numbers.Text(Max)}, but must go from a number above 0 to a finite one that is not smaller");
        foreach (SpecFault fault in PointsFaults(Points))
            yield return fault;
    }
}
