using CatGan.Abstractions.Experiments;
using CatGan.Training.Variants;

namespace CatGan.Training.Verdicts;

/// <summary>
/// The first part of a run, of which nothing is flagged: young runs look bad. Follows from the plan and the variant
/// alone, never from the time that training took.
/// </summary>
/// <param name="Images">Images before which a run is young.</param>
/// <param name="Updates">Generator updates before which a run is young.</param>
internal readonly record struct Youth(double Images, long Updates)
{
    /// <summary>Share of the images budget; a run that time alone ends has none.</summary>
    private const double ImagesShare = 0.1;

    /// <summary>Most updates that youth lasts: WGAN-GP makes the same blob for hundreds of them.</summary>
    private const long MostUpdates = 1_000;

    /// <summary>Fewest updates that it lasts, however short the run: less has shown nothing yet.</summary>
    private const long FewestUpdates = 100;

    /// <summary>A run too short for <see cref="MostUpdates"/> is young for one part in so many of its updates.</summary>
    private const long UpdatesPart = 2;

    /// <summary>The youth of a run.</summary>
    /// <param name="plan">Its budget.</param>
    /// <param name="batch">Pictures of a discriminator update.</param>
    /// <param name="steps">Discriminator updates of a generator update.</param>
    public static Youth Of(TrainingPlan plan, int batch, CriticSteps steps) => new(
        plan.BudgetImages < TrainingPlan.NoLimit ? ImagesShare * plan.BudgetImages : 0,
        Math.Clamp(UpdatesOf(plan.BudgetImages, batch, steps) / UpdatesPart, FewestUpdates, MostUpdates));

    /// <summary>True when a run is young at this point.</summary>
    public bool Holds(long images, long updates) => images < Images || updates < Updates;

    /// <summary>Generator updates that a budget pays for, counted no further than they matter.</summary>
    private static long UpdatesOf(long images, int batch, CriticSteps steps)
    {
        long updates = 0;
        for (long left = images; left > 0 && updates < UpdatesPart * MostUpdates; updates++)
            left -= (long)batch * steps.Before(updates);
        return updates;
    }
}
