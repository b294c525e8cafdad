using System.Collections.Immutable;

namespace CatGan.Search.Samplers;

/// <summary>
/// Walks through a grid under conditions, one step in time proportional to the number of parameters. A parameter whose
/// conditions do not hold has no place in a combination, so that no combination comes twice.
/// </summary>
internal sealed class Odometer(ParameterSpace space, ImmutableArray<int> places)
{
    private const int Absent = -1;

    /// <summary>
    /// The combination it stands at: for each parameter of the space's order the index of its value, -1 for a parameter
    /// that is not there. Empty before the first.
    /// </summary>
    public ImmutableArray<int> Places { get; private set; } = places;

    /// <summary>Goes on to the next combination; null after the last.</summary>
    public Configuration? Next()
    {
        if (Places.IsEmpty)
            return StandAt([], 0);
        for (int i = Places.Length - 1; i >= 0; i--)
        {
            if (Places[i] != Absent && Places[i] + 1 < space.GridValues[i].Length)
                return StandAt(Places[..i], Places[i] + 1);
        }
        return null;
    }

    /// <summary>True when the grid has this combination.</summary>
    public static bool Contains(ParameterSpace space, Configuration point)
    {
        Dictionary<string, string> values = [];
        for (int i = 0; i < space.Order.Length; i++)
        {
            Parameter parameter = space.Order[i];
            bool active = ParameterSpace.IsActive(parameter, values);
            if (active != point.TryGetValue(parameter.Name, out string? value))
                return false;
            if (active && !space.GridValues[i].Any(v => Numbers.Same(v, value!)))
                return false;
            if (active)
                values[parameter.Name] = value!;
        }
        return values.Count == point.Count;
    }

    /// <summary>The number of combinations, or <paramref name="limit"/> + 1 when there are more than the limit.</summary>
    public static long Count(ParameterSpace space, long limit)
    {
        // Only parameters that others depend on are walked through; the rest multiply.
        HashSet<string> parents = [.. space.Parameters.SelectMany(p => p.When).Select(c => c.Parameter)];
        long total = 0;
        Dictionary<string, string> values = [];
        Walk(0, 1);
        return total;

        void Walk(int index, long factor)
        {
            if (total > limit)
                return;
            if (index == space.Order.Length)
            {
                total = Math.Min(total + factor, limit + 1);
                return;
            }
            Parameter parameter = space.Order[index];
            if (!ParameterSpace.IsActive(parameter, values))
                Walk(index + 1, factor);
            else if (!parents.Contains(parameter.Name))
                Walk(index + 1, Math.Min(factor * space.GridValues[index].Length, limit + 1));
            else
            {
                foreach (string value in space.GridValues[index])
                {
                    values[parameter.Name] = value;
                    Walk(index + 1, factor);
                }
                values.Remove(parameter.Name);
            }
        }
    }

    /// <summary>Takes the first places as given, <paramref name="place"/> for the parameter after them, the first value of the rest.</summary>
    private Configuration StandAt(ImmutableArray<int> first, int place)
    {
        Dictionary<string, string> values = [];
        ImmutableArray<int>.Builder all = ImmutableArray.CreateBuilder<int>(space.Order.Length);
        for (int i = 0; i < space.Order.Length; i++)
        {
            Parameter parameter = space.Order[i];
            int wanted = i < first.Length ? first[i] : i == first.Length ? place : 0;
            int at = ParameterSpace.IsActive(parameter, values) ? wanted : Absent;
            if (at != Absent)
                values[parameter.Name] = space.GridValues[i][at];
            all.Add(at);
        }
        Places = all.MoveToImmutable();
        return new Configuration(values);
    }
}
