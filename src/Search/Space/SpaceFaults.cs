namespace CatGan.Search;

/// <summary>Finds what is wrong with a space.</summary>
internal static class SpaceFaults
{
    public static IReadOnlyList<SpecFault> Find(ParameterSpace space) =>
        [.. Names(space), .. space.Parameters.SelectMany(p => p.OwnFaults()), .. space.Parameters.SelectMany(p => Conditions(space, p)), .. Circles(space)];

    private static IEnumerable<SpecFault> Names(ParameterSpace space)
    {
        foreach (IGrouping<string, Parameter> group in space.Parameters.GroupBy(p => p.Name))
        {
            if (group.Key.Length == 0)
                yield return new("parameters", "a parameter has no name, but must have one");
            else if (group.Count() > 1)
                yield return new($"parameters.{group.Key}", $"{group.Key} is declared {group.Count()} times, but may be declared once");
        }
    }

    private static IEnumerable<SpecFault> Conditions(ParameterSpace space, Parameter parameter)
    {
        foreach (Condition condition in parameter.When)
        {
            string path = $"parameters.{parameter.Name}.when.{condition.Parameter}";
            if (space.Find(condition.Parameter) is not { } parent)
                yield return new(path, $"{parameter.Name} depends on {condition.Parameter}, which is no parameter of this spec; it must be one of {Others(space, parameter)}");
            else if (condition.Values.IsEmpty)
                yield return new(path, $"{parameter.Name} depends on {condition.Parameter} but names no value of it; name at least one");
            else if (parent is UniformParameter or LogUniformParameter)
                yield return new(path, $"{parameter.Name} depends on {condition.Parameter}, which is a range of real numbers; only fixed, choice and int parameters can be depended on");
            else
            {
                foreach (string value in condition.Values.Where(v => !parent.CanBe(v)))
                    yield return new(path, $"{parameter.Name} depends on {condition.Parameter} being {value}, which it never is; it can be {Values(parent)}");
            }
        }
    }

    // Whatever could not be put behind its parents is in a circle, or depends on one.
    private static IEnumerable<SpecFault> Circles(ParameterSpace space)
    {
        List<string> circle = [.. space.Parameters.Except(space.Order, ReferenceEqualityComparer.Instance).Cast<Parameter>().Select(p => p.Name)];
        return circle.Select(name => new SpecFault($"parameters.{name}.when", $"{name} depends on itself through {string.Join(", ", circle)}; take one of these conditions out"));
    }

    private static string Others(ParameterSpace space, Parameter parameter) =>
        string.Join(", ", space.Parameters.Where(p => p.Name != parameter.Name).Select(p => p.Name).DefaultIfEmpty("(there is no other)"));

    private static string Values(Parameter parent) =>
        string.Join(parent is IntParameter ? " to " : ", ", parent.Extremes().DefaultIfEmpty("nothing"));
}
