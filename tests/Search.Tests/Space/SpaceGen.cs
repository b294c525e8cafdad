using System.Collections.Immutable;
using CsCheck;

namespace CatGan.Search.Tests;

/// <summary>Random spaces without faults: up to six parameters, conditions on discrete ones declared anywhere.</summary>
internal static class SpaceGen
{
    private static readonly Gen<Parameter> _discrete = Gen.OneOf(
        Gen.Int[0, 99].Select(v => (Parameter)new FixedParameter("", $"{v}")),
        Gen.Int[1, 4].Select(n => (Parameter)new ChoiceParameter("", [.. Enumerable.Range(0, n).Select(i => $"word{i}")])),
        Gen.Select(Gen.Int[-5, 5], Gen.Int[0, 9], Gen.Int[2, 5]).Select((min, width, points) => (Parameter)new IntParameter("", min, min + width, false, points)),
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 90], Gen.Int[2, 5]).Select((min, width, points) => (Parameter)new IntParameter("", min, min + width, true, points)));

    private static readonly Gen<Parameter> _real = Gen.OneOf(
        Gen.Select(Gen.Double[-10, 10], Gen.Double[0, 5], Gen.Int[2, 4]).Select((min, width, points) => (Parameter)new UniformParameter("", min, min + width, points)),
        Gen.Select(Gen.Double[1e-6, 1], Gen.Double[1, 1e4], Gen.Int[2, 4]).Select((min, factor, points) => (Parameter)new LogUniformParameter("", min, min * factor, points)));

    public static Gen<ParameterSpace> Any { get; } =
        Gen.Select(Gen.Frequency((3, _discrete), (1, _real)).Array[0, 6], Gen.Int[0, int.MaxValue - 1]).Select(Connect);

    private static ParameterSpace Connect(Parameter[] parameters, int seed)
    {
        SearchRandom random = SearchRandom.Seeded(seed);
        List<Parameter> connected = [];
        for (int i = 0; i < parameters.Length; i++)
        {
            List<Parameter> parents = [.. connected.Where(p => p is not (UniformParameter or LogUniformParameter))];
            ImmutableArray<Condition> when = parents.Count > 0 && random.Below(2) == 0 ? [On(parents[random.Below(parents.Count)], random)] : [];
            connected.Add(parameters[i] with { Name = $"p{i}", When = when });
        }
        // The order of a spec need not put parents first.
        return new([.. connected.OrderBy(_ => random.NextBits())]);
    }

    private static Condition On(Parameter parent, SearchRandom random)
    {
        ImmutableArray<string> values = parent.GridValues();
        return new(parent.Name, [.. values.Take(1 + random.Below(values.Length))]);
    }
}
