using CatGan.Grains;

namespace CatGan.Silo;

/// <summary>Tells when a silo has had nothing to do for long enough. Time in which the process did not run does not count.</summary>
internal sealed class IdleWatch(SiloActivity activity, TimeProvider time, TimeSpan enough)
{
    private static readonly TimeSpan Asleep = TimeSpan.FromSeconds(10);
    private long _looked = time.GetTimestamp();

    /// <summary>True when the silo may end; to be asked every second.</summary>
    public bool IsOver()
    {
        // A machine that slept, or a frozen process: sweeps had no chance to say that they are at work.
        if (time.GetElapsedTime(_looked) >= Asleep)
            activity.Touch();
        _looked = time.GetTimestamp();
        return activity.IdleFor >= enough;
    }
}
