using System.Globalization;

namespace CatGan.Search.Pruners;

/// <summary>A whole-numbered option of a pruner.</summary>
/// <param name="Name">Its name in a spec.</param>
/// <param name="Min">Least value.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="Usual">
/// Value where a spec gives none, which then becomes a part of the sweep's definition: its decisions must be the same
/// when a later version with another usual value replays them. Null where the pruner's own rule stands for it.
/// </param>
internal sealed record PrunerOption(string Name, long Min, long Max, long? Usual = null)
{
    /// <summary>The value of the option; null when the spec does not give it.</summary>
    public long? In(PrunerChoice choice) =>
        choice.Options.TryGetValue(Name, out string? text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>A fault for each option that the pruner does not know, and each value out of its range.</summary>
    public static IEnumerable<SpecFault> Faults(IPruner pruner, PrunerChoice choice)
    {
        foreach ((string name, string text) in choice.Options)
        {
            string path = $"pruner.{name}";
            if (pruner.Options.FirstOrDefault(o => o.Name == name) is not { } option)
                yield return new(path, $"{name} is no option of the {pruner.Name} pruner, which has {string.Join(", ", pruner.Options.Select(o => o.Name))}");
            else if (option.In(choice) is not { } value || value < option.Min || value > option.Max)
                yield return new(path, string.Create(CultureInfo.InvariantCulture, $"{path} is {text}, but must be a whole number from {option.Min:N0} to {option.Max:N0}"));
        }
    }
}
