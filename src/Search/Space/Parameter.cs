using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>One parameter of a space: what values it can have, and when it is there at all.</summary>
/// <param name="Name">Name of the setting that it gives a value to, such as <c>lr_d</c>.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FixedParameter), FixedParameter.KindName)]
[JsonDerivedType(typeof(ChoiceParameter), ChoiceParameter.KindName)]
[JsonDerivedType(typeof(UniformParameter), UniformParameter.KindName)]
[JsonDerivedType(typeof(LogUniformParameter), LogUniformParameter.KindName)]
[JsonDerivedType(typeof(IntParameter), IntParameter.KindName)]
public abstract record Parameter(string Name)
{
    /// <summary>Most values that one parameter can have in a grid.</summary>
    public const int MaxPoints = 10_000;

    /// <summary>Conditions that must all hold for the parameter to be there; empty for always.</summary>
    public ImmutableArray<Condition> When { get; init; } = [];

    /// <summary>Its kind as a spec writes it: <c>fixed</c>, <c>choice</c>, <c>uniform</c>, <c>log_uniform</c> or <c>int</c>.</summary>
    [JsonIgnore]
    public string Kind => KindWord;

    private protected abstract string KindWord { get; }

    /// <summary>
    /// Values that stand for all the others when a range is checked: every one of a list, both ends of an interval.
    /// </summary>
    public abstract IEnumerable<string> Extremes();

    /// <summary>A value by chance, as a spec writes it.</summary>
    internal abstract string Draw(SearchRandom random);

    /// <summary>
    /// The value at a place from 0 to below 1 of the parameter's own scale, on which equal lengths are equally likely.
    /// </summary>
    internal abstract string At(double place);

    /// <summary>The places of a value as a spec writes it; null when the parameter can never have it.</summary>
    internal abstract Cell? CellOf(string value);

    /// <summary>Its values in a grid, in order and without duplicates; empty when an interval has no <c>points</c>.</summary>
    internal abstract ImmutableArray<string> GridValues();

    /// <summary>True when it can have this value and others may depend on that.</summary>
    internal abstract bool CanBe(string value);

    /// <summary>What is wrong with it, conditions aside.</summary>
    internal abstract IEnumerable<SpecFault> OwnFaults();

    /// <summary>A fault at this parameter's range.</summary>
    private protected SpecFault Fault(string message) => new($"parameters.{Name}.{Kind}", $"{Name} {message}");

    /// <summary>A fault at this parameter's <c>points</c>, when they are out of bounds.</summary>
    private protected IEnumerable<SpecFault> PointsFaults(int? points)
    {
        if (points is < 2 or > MaxPoints)
            yield return new($"parameters.{Name}.points", $"points of {Name} is {points}, but must be a whole number from 2 to {MaxPoints}");
    }
}
