namespace CatGan.Grains;

/// <summary>The clock and the periods that grains and workers go by.</summary>
public sealed record GrainsTiming
{
    /// <summary>The clock of leases, waits and journal times. Orleans keeps its own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// How long a slot stays leased without a sign of life; also the longest that a fresh pool waits for claims. A silo
    /// that membership declares dead loses its slots at once; this is for one that is frozen or cut off.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// A worker whose lease was not renewed for this long stops its runs by itself. Well above <see cref="Lease"/>: the
    /// pool may be moving from a silo that froze, and until then nobody renews. What the pool gives away meanwhile is
    /// safe all the same, by the attempts' epochs.
    /// </summary>
    public TimeSpan StopAfter { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>
    /// True where one silo is the whole cluster: its pool has heard all workers after the first sign of life, and need
    /// not wait a lease period.
    /// </summary>
    public bool SingleSilo { get; init; }

    /// <summary>How often a run asks what it should do, besides its reports.</summary>
    public TimeSpan ListenEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a silo looks for unfinished sweeps.</summary>
    public TimeSpan WakeEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a run may take to write its last checkpoint before the one before it has to do.</summary>
    public TimeSpan LeaveGrace { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long one try of a journal write may take. It is tried again until the store takes it.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a caller waits for the journal before it is told to come back; with the rest of a try, it must stay
    /// below the time that a grain call may take.
    /// </summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long one try of another call of the store may take, and a second for each MiB that it carries.</summary>
    public TimeSpan StoreTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Tries of an attempt at what it cannot do without (its data, its checkpoint, its last checkpoint) before it hands its
    /// experiment back. With the waits between them at the standard timing, they take about three minutes.
    /// </summary>
    public int StoreTries { get; init; } = 40;

    /// <summary>How long a worker's question for work is kept open.</summary>
    public TimeSpan PullFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most seconds between two writes of a running attempt's curve.</summary>
    public TimeSpan CurveEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>First wait before a refused or failed grain call is made again; doubled each time up to 20 times this.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a slot takes nothing after experiments failed on it one after the other; doubled each time.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest that a slot takes nothing.</summary>
    public TimeSpan LongestBreakerPause { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>First wait before a webhook's notice that was not taken is sent again; doubled each time up to 10 minutes.</summary>
    public TimeSpan NoticeRetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    internal TimeSpan BeatEvery => Lease / 4;

    /// <summary>How often the pool looks for leases that are over.</summary>
    internal TimeSpan LookEvery => Lease / 12;

    internal DateTimeOffset Now => Time.GetUtcNow();
}
