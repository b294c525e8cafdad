using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.App;

/// <summary>
/// A fault to be told to the person who typed the command: printed as <c>error: …</c> with its hints, never with a
/// stack trace.
/// </summary>
/// <param name="exitCode">One of <see cref="App.ExitCode"/>.</param>
/// <param name="message">What is wrong: names the setting or thing, its value and the bound.</param>
/// <param name="hints">What to do next, one line each.</param>
internal sealed class UserException(int exitCode, string message, params IReadOnlyList<string> hints) : Exception(message)
{
    /// <summary>What the process leaves to the shell.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What to do next.</summary>
    public IReadOnlyList<string> Hints { get; } = hints;

    /// <summary>The faults of a spec, where that is what is wrong.</summary>
    public IReadOnlyList<PlacedFault> Faults { get; init; } = [];

    /// <summary>The message for where <see cref="Faults"/> stand beside it: without most of them; null for the whole message.</summary>
    public string? Brief { get; init; }

    /// <summary>True when it was understood, and refused as things are.</summary>
    public bool IsRefusal { get; init; }
}
