namespace CatGan.Search.Pruners;

/// <summary>An experiment's place in an order of scores, the best first; equals stand in the order of their numbers.</summary>
/// <param name="Badness">The score so that less is better; positive infinity for none.</param>
/// <param name="Number">The experiment.</param>
internal readonly record struct Place(double Badness, int Number) : IComparable<Place>
{
    /// <summary>The place that a full score gives; one that is missing or not finite is worse than any.</summary>
    public static Place Of(Objective objective, Rung rung, int number) => new(BadnessOf(objective, objective.In(rung.Scores)), number);

    /// <summary>The place of an experiment that has no result and will never have one.</summary>
    public static Place Worst(int number) => new(double.PositiveInfinity, number);

    /// <summary>A score so that less is better.</summary>
    public static double BadnessOf(Objective objective, double? score) => score is { } value ? objective.Minimize ? value : -value : double.PositiveInfinity;

    public int CompareTo(Place other) =>
        Badness.CompareTo(other.Badness) is var order and not 0 ? order : Number.CompareTo(other.Number);
}
