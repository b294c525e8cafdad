using System.Globalization;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>A silo as a process.</summary>
internal sealed class TestSilo : Child
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private TestSilo(string name, IReadOnlyList<string> command, int health, IReadOnlyDictionary<string, string> environment)
        : base(name, command[0], command.Skip(1), environment) => HealthPort = health;

    /// <summary>Where it answers health probes, and Prometheus.</summary>
    public int HealthPort { get; }

    /// <summary>Starts a silo.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">What its environment has besides this process's.</param>
    /// <param name="healthPort">Its health port; null for a free one.</param>
    public static TestSilo Start(string name, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, int? healthPort = null)
    {
        int health = healthPort ?? Ports.Free();
        return new TestSilo(name, [.. command, "--health-port", health.ToString(CultureInfo.InvariantCulture)], health, environment);
    }

    /// <summary>True when it has joined and takes work.</summary>
    public async Task<bool> IsReadyAsync()
    {
        if (HasExited)
            return false;
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{HealthPort}/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            // Not yet there, or frozen.
            return false;
        }
    }
}
