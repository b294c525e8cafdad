using System.Collections.Immutable;
using System.Globalization;

namespace CatGan.Search;

/// <summary>A whole number between two bounds, both included.</summary>
/// <param name="Name">Name of the setting.</param>
/// <param name="Min">Smallest value; at least 1 when <paramref name="Log"/> is set.</param>
/// <param name="Max">Largest value, not below <paramref name="Min"/>.</param>
/// <param name="Log">Each octave is as likely as the others, in place of each number.</param>
/// <param name="Points">Values in a grid, evenly spaced (by factor with <paramref name="Log"/>) and rounded; fewer where two round to the same.</param>
public sealed record IntParameter(string Name, int Min, int Max, bool Log = false, int? Points = null) : Parameter(Name)
{
    internal const string KindName = "int";

    private protected override string KindWord => KindName;

    /// <inheritdoc/>
    public override IEnumerable<string> Extremes() => [Text(Min), Text(Max)];

    internal override string Draw(SearchRandom random) => Text(Log
        ? Math.Clamp((long)Interval.Geometric(Min, Max + 1.0, random.NextDouble()), Min, Max)
        : Min + random.Below((long)Max - Min + 1));

    internal override string At(double place) => Text(Math.Clamp(
        (long)Math.Floor(Log ? Interval.Geometric(Min, Max + 1.0, place) : Min + (((double)Max - Min + 1) * place)), Min, Max));

    internal override Cell? CellOf(string value)
    {
        if (!CanBe(value))
            return null;
        double number = Numbers.Parse(value)!.Value;
        return new(Place(number), Place(number + 1));

        double Place(double at) => Log ? Math.Log(at / Min) / Math.Log((Max + 1.0) / Min) : (at - Min) / (Max + 1.0 - Min);
    }

    internal override ImmutableArray<string> GridValues() => Interval.GridValues(Points, place => Text((long)Math.Round(Log
        ? Interval.Geometric(Min, Max, place)
        : Min + (((double)Max - Min) * place))));

    internal override bool CanBe(string value) => Numbers.Parse(value) is { } number && number >= Min && number <= Max && number == Math.Floor(number);

    internal override IEnumerable<SpecFault> OwnFaults()
    {
        if (Min > Max || (Log && Min < 1))
            yield return Fault($"goes from {Min} to {Max}, but must go from a whole number{(Log ? " of at least 1" : "")} to one that is not smaller");
        foreach (SpecFault fault in PointsFaults(Points))
            yield return fault;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
