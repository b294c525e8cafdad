using CatGan.Abstractions;
using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.Sweeps;

/// <summary>
/// What can be done with sweeps, in whatever way they are reached: by the store and its silos (<see cref="StoreDesk"/>), or
/// by the API of a server that does so (<c>--server</c>). The API itself works by the former.
/// </summary>
internal interface ISweepDesk : IAsyncDisposable
{
    /// <summary>The one sweep that a person means: an id, the beginning of one, or <c>last</c>.</summary>
    /// <exception cref="App.UserException">None, or more than one.</exception>
    Task<string> ResolveAsync(string typed, CancellationToken cancellationToken);

    /// <summary>The sweeps that a search takes, the latest first.</summary>
    Task<SweepListing> ListAsync(SweepSearch search, CancellationToken cancellationToken);

    /// <summary>Where a sweep stands, with all its experiments.</summary>
    Task<SweepStanding> StatusAsync(string sweep, CancellationToken cancellationToken);

    /// <summary>Where it stands, again and again until nothing of it runs any more. Null when no silo works on it, so that nothing will change.</summary>
    /// <param name="sweep">Id of the sweep.</param>
    /// <param name="say">Told of what holds the stream up.</param>
    /// <param name="cancellationToken">Ends the stream without a word to the sweep.</param>
    Task<IAsyncEnumerable<SweepStatus>?> WatchAsync(string sweep, Action<string> say, CancellationToken cancellationToken);

    /// <summary>Shows a sweep to its end. Ctrl-C pauses a sweep of one's own silos, and leaves one of a server alone.</summary>
    /// <returns>The exit code.</returns>
    Task<int> FollowAsync(string sweep, bool json, CancellationToken cancellationToken);

    /// <summary>Starts a sweep and leaves it to the silos. Returns when it is journaled.</summary>
    /// <param name="spec">A checked spec.</param>
    /// <param name="cancellationToken">Ends the preparations; what was handed in stays so.</param>
    /// <returns>Its id, and what there is to say of it.</returns>
    Task<Submitted> SubmitAsync(SpecFile spec, CancellationToken cancellationToken);

    /// <summary>Does what a person wants of a sweep or of one of its experiments. Returns when it is journaled.</summary>
    /// <returns>What was done, or that it was so already, for people.</returns>
    /// <exception cref="App.UserException">The sweep refuses it.</exception>
    Task<string> CommandAsync(string sweep, SweepCommand command, CancellationToken cancellationToken);

    /// <summary>Lets a sweep go on after a pause, or after everything was killed.</summary>
    /// <returns>False when there is nothing left to do.</returns>
    Task<bool> ResumeAsync(string sweep, CancellationToken cancellationToken);

    /// <summary>Ends a sweep for good.</summary>
    /// <returns>False when it had ended already.</returns>
    Task<bool> CancelAsync(string sweep, string reason, CancellationToken cancellationToken);

    /// <summary>Writes the experiments of sweeps.</summary>
    /// <param name="wish">Which, and how.</param>
    /// <param name="destination">A stream that can seek.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>What could not be read, a sentence each.</returns>
    Task<IReadOnlyList<string>> ResultsAsync(ResultsWish wish, Stream destination, CancellationToken cancellationToken);

    /// <summary>Prints what an ended sweep came to: its ranking, and where its report is.</summary>
    Task CloseAsync(string sweep, TextWriter output);

    /// <summary>Makes a sweep's report anew, also before its end.</summary>
    /// <param name="sweep">Id of the sweep.</param>
    /// <param name="file">The file to write it to; null for where reports are left by themselves.</param>
    /// <param name="cancellationToken">Ends the work; an older report stays.</param>
    /// <returns>Where a person finds it.</returns>
    Task<string> ReportAsync(string sweep, string? file, CancellationToken cancellationToken);

    /// <summary>Prints what happened in an experiment's attempts.</summary>
    /// <param name="sweep">Id of the sweep.</param>
    /// <param name="experiment">Number of the experiment.</param>
    /// <param name="epoch">The one attempt that is meant; null for all.</param>
    /// <param name="output">Where it is printed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="App.UserException">There is no such experiment, or it has no log.</exception>
    Task LogsAsync(string sweep, int experiment, int? epoch, TextWriter output, CancellationToken cancellationToken);

    /// <summary>The text of an old sweep's spec with values changed.</summary>
    /// <param name="sweep">Id of the old sweep.</param>
    /// <param name="settings">Values to change, each as <c>KEY=VALUE</c>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="App.UserException">The changes make it a faulty one.</exception>
    Task<string> CloneSpecAsync(string sweep, IReadOnlyList<string> settings, CancellationToken cancellationToken);

    /// <summary>Starts a sweep from such a spec, and leaves it to the silos.</summary>
    Task<Submitted> CloneAsync(string sweep, IReadOnlyList<string> settings, CancellationToken cancellationToken);

    /// <summary>Has a silo make something of an experiment's generator.</summary>
    /// <param name="sweep">Id of the sweep.</param>
    /// <param name="experiment">Number of the experiment.</param>
    /// <param name="wish">What to make.</param>
    /// <param name="file">The file to write it to.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="App.UserException">The experiment has no checkpoint that can be used.</exception>
    Task MakeAsync(string sweep, int experiment, PictureWish wish, string file, CancellationToken cancellationToken);

    /// <summary>Says what a spec would run.</summary>
    /// <param name="spec">A checked spec.</param>
    /// <param name="wish">How much, and how.</param>
    /// <param name="output">Where it is written.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What there is to say of it, a sentence each.</returns>
    Task<IReadOnlyList<string>> CheckAsync(SpecFile spec, CheckWish wish, TextWriter output, CancellationToken cancellationToken);
}

/// <summary>Sweeps that were found.</summary>
/// <param name="Sweeps">The sweeps.</param>
/// <param name="Notes">What could not be read, a sentence each.</param>
/// <param name="Where">Where they are, for messages.</param>
internal sealed record SweepListing(IReadOnlyList<SweepRow> Sweeps, IReadOnlyList<string> Notes, string Where);

/// <summary>Where a sweep stands.</summary>
/// <param name="Status">The status.</param>
/// <param name="Live">True when a silo told it; false when its journal did, so that nothing of it runs.</param>
internal sealed record SweepStanding(SweepStatus Status, bool Live);

/// <summary>A sweep that was handed in.</summary>
/// <param name="Sweep">Its id.</param>
/// <param name="Notes">What there is to say of it, a sentence each.</param>
internal sealed record Submitted(string Sweep, IReadOnlyList<string> Notes);
