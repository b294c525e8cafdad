using System.Collections.Immutable;

namespace CatGan.Abstractions.Experiments;

/// <summary>What kind of value a setting takes.</summary>
public enum SettingKind
{
    /// <summary>A real number.</summary>
    Real,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>One of a list of words.</summary>
    Word,
}

/// <summary>One setting of an experiment: its name in a spec, kind, range and meaning.</summary>
/// <param name="Name">Name in a spec, snake_case.</param>
/// <param name="Kind">Kind of its value.</param>
/// <param name="Meaning">What it does, one sentence, units included.</param>
public sealed record Setting(string Name, SettingKind Kind, string Meaning)
{
    /// <summary>Smallest value of a number.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value of a number.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>True when <see cref="Min"/> itself is not allowed.</summary>
    public bool MinExcluded { get; init; }

    /// <summary>The words (or numbers) allowed; empty when any in the range is.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Variants that it means something to; empty for all.</summary>
    public ImmutableArray<Variant> AppliesTo { get; init; } = [];

    internal Func<ExperimentOptions, string> Read { get; init; } = _ => "";

    internal Func<ExperimentOptions, string, ExperimentOptions> Write { get; init; } = (o, _) => o;

    /// <summary>The value that <paramref name="options"/> hold, as a spec writes it.</summary>
    public string ValueIn(ExperimentOptions options) => Read(options);

    /// <summary>The bound as a message words it: <c>a whole number from 1 to 1024</c>.</summary>
    public string Bound => Kind switch
    {
        SettingKind.Flag => "true or false",
        SettingKind.Word => "one of " + string.Join(", ", Choices),
        _ when !Choices.IsEmpty => "one of " + string.Join(", ", Choices),
        _ => (Kind == SettingKind.Whole ? "a whole number " : "a number ") + Interval(),
    };

    private string Interval() => (Min, Max) switch
    {
        (double.NegativeInfinity, double.PositiveInfinity) => "(finite)",
        (_, double.PositiveInfinity) => $"{(MinExcluded ? "above" : "of at least")} {Min:R}",
        _ => MinExcluded ? $"above {Min:R} and up to {Max:R}" : $"from {Min:R} to {Max:R}",
    };

    /// <summary>What is wrong with <paramref name="text"/> as a value of this setting; null when it is right.</summary>
    public string? Check(string text)
    {
        bool right = Kind switch
        {
            SettingKind.Flag => text is "true" or "false",
            SettingKind.Word => Choices.Contains(text),
            SettingKind.Whole => long.TryParse(text, out long whole) && InRange(whole),
            _ => double.TryParse(text, out double real) && double.IsFinite(real) && InRange(real),
        };
        right &= Choices.IsEmpty || Choices.Contains(text);
        return right ? null : $"{Name} is {text}, but must be {Bound}";
    }

    private bool InRange(double value) => (MinExcluded ? value > Min : value >= Min) && value <= Max;
}
