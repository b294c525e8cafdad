namespace CatGan.Search.Pruners;

/// <summary>All pruners. A new one is a file beside this one and a line here.</summary>
internal static class PrunerCatalogue
{
    public static IReadOnlyList<IPruner> All { get; } =
    [
        new MedianStopping(),
        new Asha(),
        new Hyperband(),
    ];

    /// <summary>The pruner of this name; null when there is none.</summary>
    public static IPruner? Find(string name) => All.FirstOrDefault(p => p.Name == name);

    /// <summary>What judges the experiments of a sweep: its pruner, and patience around it.</summary>
    public static IPruning Start(SweepDefinition definition)
    {
        IPruning pruning = definition.Pruner is { } choice && Find(choice.Name) is { } pruner ? pruner.Start(definition) : new Unpruned();
        return definition.Patience is { } patience ? new Patience(definition, patience, pruning) : pruning;
    }

    /// <summary>What is wrong with the pruner that a definition names.</summary>
    public static IEnumerable<SpecFault> Faults(SweepDefinition definition)
    {
        if (definition.Pruner is not { } choice)
            return [];
        if (Find(choice.Name) is not { } pruner)
            return [new("pruner", $"pruner is {choice.Name}, but must be one of {PrunerChoice.None}, {string.Join(", ", All.Select(p => p.Name))}")];
        List<SpecFault> faults = [.. PrunerOption.Faults(pruner, choice)];
        return faults.Count > 0 ? faults : pruner.Faults(definition);
    }
}
