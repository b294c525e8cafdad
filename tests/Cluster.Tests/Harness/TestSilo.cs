using System.Globalization;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>A silo as a process.</summary>
internal sealed class TestSilo : Child
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly int _health;

    private TestSilo(string name, IReadOnlyList<string> command, int health, IReadOnlyDictionary<string, string> environment)
        : base(name, command[0], command.Skip(1), environment) => _health = health;

    /// <summary>Starts a silo.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">What its environment has besides this process's.</param>
    public static TestSilo Start(string name, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        int health = Ports.Free();
        return new TestSilo(name, [.. command, "--health-port", health.ToString(CultureInfo.InvariantCulture)], health, environment);
    }

    /// <summary>True when it has joined and takes work.</summary>
    public async Task<bool> IsReadyAsync()
    {
        if (HasExited)
            return false;
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{_health}/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            // Not yet there, or frozen.
            return false;
        }
    }
}
