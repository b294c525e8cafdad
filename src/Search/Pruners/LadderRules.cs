using System.Collections.Immutable;
using System.Globalization;

namespace CatGan.Search.Pruners;

/// <summary>Rungs and faults that ASHA and Hyperband share.</summary>
internal static class LadderRules
{
    /// <summary>
    /// The part of the budget at which the first rung lies where neither <c>rungs</c> nor <c>min_images</c> is given. What leads
    /// after a few images is what learns fastest at first, which is seldom what ends best; docs/search.md has the figures.
    /// </summary>
    private const int FirstRungPart = 16;

    /// <summary><c>min_images</c> x eta^k below the budget.</summary>
    public static ImmutableArray<long> Rungs(PrunerChoice choice, PrunerOption etaOption, long budgetImages)
    {
        long eta = Math.Max(2, etaOption.In(choice) ?? etaOption.Usual!.Value);
        long first = Asha.MinImages.In(choice) ?? (budgetImages + FirstRungPart - 1) / FirstRungPart;
        ImmutableArray<long>.Builder rungs = ImmutableArray.CreateBuilder<long>();
        for (long rung = Math.Max(1, first); rung < budgetImages; rung *= eta)
            rungs.Add(rung);
        return rungs.ToImmutable();
    }

    public static IEnumerable<SpecFault> Faults(SweepDefinition definition)
    {
        PrunerChoice choice = definition.Pruner!;
        long? first = Asha.MinImages.In(choice), brackets = Asha.Brackets.In(choice);
        if (definition.Rungs.IsEmpty)
        {
            yield return first is null
                ? new("pruner", Text($"pruner is {choice.Name}, but the budget of {definition.BudgetImages:N0} images leaves no rung before its end; give rungs, or a larger budget"))
                : new("pruner.min_images", Text($"pruner.min_images is {first:N0}, but must be below the budget of {definition.BudgetImages:N0} images"));
        }
        else if (first is not null && first != definition.Rungs[0])
            yield return new("pruner.min_images", Text($"pruner.min_images is {first:N0}, but rungs begins with {definition.Rungs[0]:N0}; give only one of the two"));
        if (brackets > definition.Rungs.Length + 1)
            yield return new("pruner.brackets", Text($"pruner.brackets is {brackets}, but {definition.Rungs.Length} rungs make at most {definition.Rungs.Length + 1} (the last one prunes nothing); give fewer brackets, or more rungs"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
