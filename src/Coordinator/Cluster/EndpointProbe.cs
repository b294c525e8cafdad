using System.Diagnostics;

namespace CatGan.Coordinator.Cluster;

/// <summary>Tells in well under a second whether the silo behind an endpoint still lives.</summary>
internal static class EndpointProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>False when the process is gone, its number was given to another, or nothing listens.</summary>
    public static async Task<bool> AnswersAsync(LocalEndpoint endpoint, TimeProvider time, CancellationToken cancellationToken) =>
        ProcessLives(endpoint) && await GatewayProbe.FaultAsync(endpoint.Host, endpoint.GatewayPort, Patience, time, cancellationToken) is null;

    private static bool ProcessLives(LocalEndpoint endpoint)
    {
        try
        {
            using Process process = Process.GetProcessById(endpoint.Pid);
            // A process started after the silo wrote its endpoint has inherited the number of a dead one.
            return process.StartTime.ToUniversalTime() <= endpoint.StartedAt.UtcDateTime.AddSeconds(10);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
