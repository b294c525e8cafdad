using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>A setting with one value for all experiments (where its conditions hold).</summary>
/// <param name="Name">Name of the setting.</param>
/// <param name="Value">Its value as a spec writes it.</param>
public sealed record FixedParameter(string Name, string Value) : Parameter(Name)
{
    internal const string KindName = "fixed";

    private protected override string KindWord => KindName;

    /// <inheritdoc/>
    public override IEnumerable<string> Extremes() => [Value];

    internal override string Draw(SearchRandom random) => Value;

    internal override string At(double place) => Value;

    internal override Cell? CellOf(string value) => CanBe(value) ? Cell.Whole : null;

    internal override ImmutableArray<string> GridValues() => [Value];

    internal override bool CanBe(string value) => Numbers.Same(Value, value);

    internal override IEnumerable<SpecFault> OwnFaults() => [];
}
