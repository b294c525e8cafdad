using Microsoft.Extensions.Hosting;

namespace CatGan.Silo.Health;

/// <summary>
/// What the silo answers to a probe. Only the process itself is asked, never Redis, the store or another silo: a fault
/// that all silos share would have them all restarted, which cures nothing and costs the work since the last checkpoint.
/// </summary>
internal sealed class HealthState(IHostApplicationLifetime lifetime)
{
    /// <summary>The process lives: it has threads left to answer. Stays so until the end of a shutdown.</summary>
    public const string Live = "/health/live";

    /// <summary>The silo has joined its cluster and may get work; no longer so as soon as it is asked to end.</summary>
    public const string Ready = "/health/ready";

    /// <summary>The silo has come up; stays so when it is asked to end.</summary>
    public const string Started = "/health/started";

    /// <summary>All paths.</summary>
    public static IReadOnlyList<string> Paths { get; } = [Live, Ready, Started];

    /// <summary>The answer to a path; null when there is no such path.</summary>
    public HealthAnswer? Answer(string path) => path switch
    {
        Live => new HealthAnswer(true, "live"),
        Ready when Stopping => new HealthAnswer(false, "leaving"),
        Ready => Up("ready"),
        Started => Up("started"),
        _ => null,
    };

    private bool Stopping => lifetime.ApplicationStopping.IsCancellationRequested;

    private HealthAnswer Up(string words) =>
        lifetime.ApplicationStarted.IsCancellationRequested ? new HealthAnswer(true, words) : new HealthAnswer(false, "starting");
}

/// <summary>Whether it is well (status 200, else 503), and one word for whoever reads it.</summary>
internal readonly record struct HealthAnswer(bool Well, string Words);
