using System.Collections.Immutable;
using System.Globalization;
using CatGan.Abstractions.Experiments;

namespace CatGan.Abstractions.Grains;

/// <summary>
/// One experiment while it waits or runs: between its sweep, which journals, the device pool, which leases, and the
/// worker, which trains. Its own state is soft. Key: <see cref="ExperimentKey"/>.
/// </summary>
[Alias("catgan.IExperimentGrain")]
public interface IExperimentGrain : IGrainWithStringKey
{
    /// <summary>Makes sure that the experiment has a slot or waits for one. May be called again and again.</summary>
    /// <param name="request">What it asks of the pool.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    [Alias("Start")]
    Task Start(SlotRequest request, CancellationToken cancellationToken);

    /// <summary>Makes a running attempt leave, with or without a checkpoint, and a waiting one stop waiting.</summary>
    [Alias("Stop")]
    Task Stop(AttemptCommand command, string reason, CancellationToken cancellationToken);

    /// <summary>A worker that was given the experiment asks what to train; the attempt's start is journaled first.</summary>
    [Alias("Begin")]
    Task<BeginAnswer> Begin(Assignment assignment, CancellationToken cancellationToken);

    /// <summary>Ordinary reports of an attempt (none for a sign of life); answers what the attempt should do.</summary>
    [Alias("Report")]
    Task<ReportAnswer> Report(int epoch, ImmutableArray<CurvePoint> points, CancellationToken cancellationToken);

    /// <summary>
    /// What the journal must know and what changes the experiment: that an attempt left or ended, and news that the
    /// journal refused. Checkpoints and rungs go straight to <see cref="ISweepJournalGrain.Record"/>.
    /// Answers when it is journaled.
    /// </summary>
    [Alias("Record")]
    Task<RecordAnswer> Record(ImmutableArray<AttemptNews> news, CancellationToken cancellationToken);

    /// <summary>The pool took a slot back: its worker is gone or refused.</summary>
    [Alias("LeaseLost")]
    Task LeaseLost(Assignment assignment, string reason, CancellationToken cancellationToken);
}

/// <summary>Answer to a report.</summary>
/// <param name="Command">What to do.</param>
/// <param name="Reason">Why to pause or stop.</param>
/// <param name="Stale">True when a newer attempt or an end has overtaken this one: leave, and write nothing more.</param>
[GenerateSerializer, Immutable, Alias("catgan.ReportAnswer")]
public readonly record struct ReportAnswer(AttemptCommand Command, string? Reason, bool Stale);

/// <summary>Key of an experiment grain: <c>{sweep}/{number}</c>.</summary>
public static class ExperimentKey
{
    /// <summary>The key of experiment <paramref name="number"/>.</summary>
    public static string Of(string sweep, int number) => string.Create(CultureInfo.InvariantCulture, $"{sweep}/{number}");

    /// <summary>Sweep and number of a key.</summary>
    /// <exception cref="FormatException">It is not such a key.</exception>
    public static (string Sweep, int Number) Parse(string key)
    {
        int slash = key.LastIndexOf('/');
        return slash > 0 && int.TryParse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? (key[..slash], number)
            : throw new FormatException($"'{key}' is not the key of an experiment, which is sweep/number.");
    }
}
