using CatGan.Search;

namespace CatGan.Grains.Telemetry;

/// <summary>An event of a sweep, with what it changed.</summary>
/// <param name="Event">The event.</param>
/// <param name="Before">Its experiment before; null for an event of none.</param>
/// <param name="After">Its experiment after.</param>
/// <param name="EndedSweep">True when the sweep came to its end by it.</param>
internal readonly record struct Told(SweepEvent Event, Experiment? Before, Experiment? After, bool EndedSweep)
{
    /// <summary>Applies an event and says what it changed.</summary>
    public static Told By(SweepEvent sweepEvent, Func<Sweep?> sweep, Action apply)
    {
        int number = sweepEvent is ExperimentEvent { Number: var of } ? of : 0;
        Experiment? before = Find(sweep(), number);
        bool had = sweep()?.HasEnded == true;
        apply();
        return new Told(sweepEvent, before, Find(sweep(), number), !had && sweep()!.HasEnded);
    }

    private static Experiment? Find(Sweep? sweep, int number) => sweep is not null && number >= 1 && number <= sweep.Experiments.Count ? sweep.Experiments[number - 1] : null;
}
