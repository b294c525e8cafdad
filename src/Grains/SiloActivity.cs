namespace CatGan.Grains;

/// <summary>When this silo last had something to do: a sweep that is not at rest, or a client's call.</summary>
public sealed class SiloActivity(GrainsTiming timing)
{
    private long _last = timing.Time.GetTimestamp();

    /// <summary>How long there has been nothing to do.</summary>
    public TimeSpan IdleFor => timing.Time.GetElapsedTime(Interlocked.Read(ref _last));

    /// <summary>There is something to do now.</summary>
    public void Touch() => Interlocked.Exchange(ref _last, timing.Time.GetTimestamp());
}
