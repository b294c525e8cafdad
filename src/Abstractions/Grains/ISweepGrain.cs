namespace CatGan.Abstractions.Grains;

/// <summary>One sweep, as a client sees it. Key: the sweep's id, made by the client.</summary>
[Alias("catgan.ISweepGrain")]
public interface ISweepGrain : IGrainWithStringKey
{
    /// <summary>Starts the sweep. Answers when it is journaled; the same submission again is the same sweep.</summary>
    [Alias("Submit")]
    Task<SubmitAnswer> Submit(SweepSubmission submission, CancellationToken cancellationToken);

    /// <summary>Where the sweep stands, with the experiments of one page.</summary>
    [Alias("GetStatus")]
    Task<SweepStatus?> GetStatus(StatusRequest request, CancellationToken cancellationToken);

    /// <summary>Lets running experiments write a checkpoint and leave; nothing starts until <see cref="Resume"/>.</summary>
    [Alias("Pause")]
    Task Pause(CancellationToken cancellationToken);

    /// <summary>Goes on after a pause, or after everything was killed. False when there is nothing left to do.</summary>
    [Alias("Resume")]
    Task<bool> Resume(CancellationToken cancellationToken);

    /// <summary>Ends the sweep for good; running experiments end as cancelled.</summary>
    [Alias("Cancel")]
    Task Cancel(string reason, CancellationToken cancellationToken);

    /// <summary>Does what a person wants. Answers when it is journaled.</summary>
    [Alias("Command")]
    Task<CommandAnswer> Command(SweepCommand command, CancellationToken cancellationToken);

    /// <summary>Called by silos for unfinished sweeps: makes sure that this activation exists and works.</summary>
    /// <returns>True while something of it runs or waits for a slot; false when paused or finished.</returns>
    [Alias("Wake")]
    Task<bool> Wake(CancellationToken cancellationToken);
}
