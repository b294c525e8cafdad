using System.Collections.Immutable;
using System.Globalization;

namespace CatGan.Search.Samplers;

/// <summary>The options of the TPE sampler.</summary>
/// <param name="Startup">Configurations with a score before it learns; those proposed earlier are random.</param>
/// <param name="Gamma">Share of the configurations that count as good.</param>
/// <param name="Candidates">Configurations drawn for each that is proposed.</param>
internal sealed record TpeOptions(int Startup = 10, double Gamma = 0.1, int Candidates = 24)
{
    private static readonly ImmutableArray<(string Name, double Min, double Max, bool Whole)> _ranges =
        [("startup", 1, 10_000, true), ("gamma", 0.01, 0.5, false), ("candidates", 1, 1_000, true)];

    /// <summary>Everything wrong with the options of a definition.</summary>
    public static IEnumerable<SpecFault> Faults(SweepDefinition definition)
    {
        foreach (SpecFault fault in SamplerOptions.Unknown(definition, [.. _ranges.Select(r => r.Name)]))
            yield return fault;
        foreach ((string name, double min, double max, bool whole) in _ranges)
        {
            if (definition.Sampler.Options.TryGetValue(name, out string? text)
                && !(Numbers.Parse(text) is { } value && value >= min && value <= max && (!whole || value == Math.Floor(value))))
                yield return new($"sampler.{name}", $"sampler.{name} is {text}, but must be a {(whole ? "whole number" : "number")} from {Numbers.Text(min)} to {Numbers.Text(max)}");
        }
    }

    /// <summary>The options of a definition without faults.</summary>
    public static TpeOptions Of(SweepDefinition definition)
    {
        TpeOptions usual = new();
        return new(
            (int)Value("startup", usual.Startup),
            Value("gamma", usual.Gamma),
            (int)Value("candidates", usual.Candidates));

        double Value(string name, double otherwise) =>
            definition.Sampler.Options.TryGetValue(name, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }
}
