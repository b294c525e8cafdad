using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>The parameters of a sweep and the conditions between them: all configurations that it may try.</summary>
public sealed class ParameterSpace
{
    private readonly Lazy<ImmutableArray<Parameter>> _order;
    private readonly Lazy<ImmutableArray<ImmutableArray<string>>> _gridValues;

    /// <summary>A space of these parameters; <see cref="Faults"/> says whether they fit together.</summary>
    [JsonConstructor]
    public ParameterSpace(ImmutableArray<Parameter> parameters)
    {
        Parameters = parameters;
        _order = new(() => ParentsFirst(parameters));
        _gridValues = new(() => [.. Order.Select(p => p.GridValues())]);
    }

    /// <summary>A space without parameters.</summary>
    public static ParameterSpace Empty { get; } = new([]);

    /// <summary>The parameters in the order of the spec.</summary>
    public ImmutableArray<Parameter> Parameters { get; }

    /// <summary>Every parameter after those that its conditions name, otherwise in the order of the spec.</summary>
    internal ImmutableArray<Parameter> Order => _order.Value;

    /// <summary>The grid's values of each parameter of <see cref="Order"/>.</summary>
    internal ImmutableArray<ImmutableArray<string>> GridValues => _gridValues.Value;

    /// <summary>The parameter of this name; null when there is none.</summary>
    public Parameter? Find(string name) => Parameters.FirstOrDefault(p => p.Name == name);

    /// <summary>Everything that is wrong with the space.</summary>
    public IReadOnlyList<SpecFault> Faults() => SpaceFaults.Find(this);

    /// <summary>
    /// A known-good point with the fixed parameters that it does not give itself, where their conditions hold.
    /// </summary>
    public Configuration Complete(Configuration point)
    {
        Dictionary<string, string> values = new(point);
        foreach (FixedParameter parameter in Order.OfType<FixedParameter>().Where(p => IsActive(p, values)))
            values.TryAdd(parameter.Name, parameter.Value);
        return new Configuration(values);
    }

    /// <summary>
    /// The point of this space with these values: each parameter that is there gets its value, the others none.
    /// </summary>
    /// <param name="valueOf">The value of a setting by its name; null when it has none.</param>
    /// <param name="misfit">Why there is no such point, for people; null when there is.</param>
    /// <returns>The point; null when a value is missing or out of its parameter's range.</returns>
    public Configuration? PointOf(Func<string, string?> valueOf, out string? misfit)
    {
        Dictionary<string, string> values = [];
        foreach (Parameter parameter in Order.Where(p => IsActive(p, values)))
        {
            string? value = valueOf(parameter.Name);
            if (value is null || parameter.CellOf(value) is null)
            {
                misfit = value is null ? $"{parameter.Name} has no value" : $"{parameter.Name} is {value}, out of {string.Join(parameter is ChoiceParameter ? ", " : " to ", parameter.Extremes())}";
                return null;
            }
            values[parameter.Name] = value;
        }
        misfit = null;
        return new Configuration(values);
    }

    /// <summary>True when all conditions of the parameter hold for the values chosen before it.</summary>
    internal static bool IsActive(Parameter parameter, IReadOnlyDictionary<string, string> chosen) => parameter.When.All(c => c.Holds(chosen));

    /// <summary>Parameters in a circle of conditions are left out; <see cref="Faults"/> names them.</summary>
    private static ImmutableArray<Parameter> ParentsFirst(ImmutableArray<Parameter> parameters)
    {
        List<Parameter> placed = [];
        List<Parameter> rest = [.. parameters];
        while (rest.Find(p => p.When.All(c => !rest.Exists(r => r.Name == c.Parameter))) is { } next)
        {
            placed.Add(next);
            rest.Remove(next);
        }
        return [.. placed];
    }
}
