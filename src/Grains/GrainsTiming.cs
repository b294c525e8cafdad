namespace CatGan.Grains;

/// <summary>The clock and the periods that grains and workers go by.</summary>
public sealed record GrainsTiming
{
    /// <summary>The clock of leases, waits and journal times. Orleans keeps its own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a slot stays leased without a sign of life; also what a fresh pool waits for claims.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

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

    /// <summary>How long one try of a journal write may take; there are two.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a worker's question for work is kept open.</summary>
    public TimeSpan PullFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most seconds between two writes of a running attempt's curve.</summary>
    public TimeSpan CurveEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>First wait before a refused or failed grain call is made again; doubled each time up to 20 times this.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    internal TimeSpan BeatEvery => Lease / 3;

    internal DateTimeOffset Now => Time.GetUtcNow();
}
