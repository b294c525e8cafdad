using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>One of a list of values, each as likely as the others.</summary>
/// <param name="Name">Name of the setting.</param>
/// <param name="Values">The values as a spec writes them; at least one, none twice.</param>
public sealed record ChoiceParameter(string Name, ImmutableArray<string> Values) : Parameter(Name)
{
    internal const string KindName = "choice";

    private protected override string KindWord => KindName;

    /// <inheritdoc/>
    public override IEnumerable<string> Extremes() => Values;

    internal override string Draw(SearchRandom random) => Values[random.Below(Values.Length)];

    internal override string At(double place) => Values[(int)Math.Min(place * Values.Length, Values.Length - 1)];

    internal override Cell? CellOf(string value)
    {
        int index = 0;
        while (index < Values.Length && !Numbers.Same(Values[index], value))
            index++;
        return index < Values.Length ? Cell.Of(index, Values.Length) : null;
    }

    internal override ImmutableArray<string> GridValues() => Values;

    internal override bool CanBe(string value) => Values.Any(v => Numbers.Same(v, value));

    internal override IEnumerable<SpecFault> OwnFaults()
    {
        if (Values.IsEmpty)
            yield return Fault("has no values, but must have at least one");
        for (int i = 1; i < Values.Length; i++)
        {
            if (Values.Take(i).FirstOrDefault(v => Numbers.Same(v, Values[i])) is { } earlier)
                yield return Fault($"has the value {Values[i]} twice{(earlier == Values[i] ? "" : $" (also as {earlier})")}, but each may be there once");
        }
    }
}
