using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;

namespace CatGan.Coordinator.Doctor;

/// <summary>Whether a silo's program is here, its native library loads, and what it would train on.</summary>
internal sealed class TorchCheck : IDoctorCheck
{
    private const string What = "torch";
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    private static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (Probed? probed, Finding? fault) = await ProbeAsync(patient.Surroundings, cancellationToken);
        if (fault is not null)
        {
            yield return fault;
            yield break;
        }
        if (probed!.Fault is { } broken)
        {
            yield return Finding.Fault(What, $"the native library does not load: {broken}", "on a Linux with an old libstdc++ the folder of the silo must be writable once; else install the one that is named, or build CatGan again");
            yield break;
        }
        yield return Finding.Well(What, probed.Versions ?? "loads");
        bool gpu = probed.Devices.Any(d => d.Name.StartsWith("cuda", StringComparison.Ordinal));
        string devices = string.Join(", ", probed.Devices.Select(d => $"{d.Name} ({d.Description}, {d.Slots} {(d.Slots == 1 ? "slot" : "slots")})"));
        yield return gpu || Directory.GetFiles("/dev", "nvidia[0-9]*").Length == 0
            ? Finding.Well("devices", devices)
            : Finding.Warning("devices", $"{devices}; the NVIDIA GPU of this machine is not used", "build with CATGAN_TORCH=cuda, and check that `nvidia-smi` works");
    }

    private static async Task<(Probed? Probed, Finding? Fault)> ProbeAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(Within, surroundings.Time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        Process? process = null;
        try
        {
            string[] command = SiloProcess.Command(surroundings);
            process = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], "--probe"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> error = process.StandardError.ReadToEndAsync(both.Token);
            string text = await process.StandardOutput.ReadToEndAsync(both.Token);
            await process.WaitForExitAsync(both.Token);
            if (process.ExitCode != 0)
                return (null, Finding.Fault(What, $"the silo's program ended with code {process.ExitCode}: {Tail(await error)}", "build CatGan again, or start `catgan-silo --probe` by hand to see more"));
            return (JsonSerializer.Deserialize<Probed>(text, Json), null);
        }
        catch (UserException missing)
        {
            return (null, Finding.Fault(What, missing.Message, string.Join("; ", missing.Hints)));
        }
        catch (Exception fault) when (fault is JsonException or Win32Exception)
        {
            return (null, Finding.Fault(What, $"the silo's program does not answer a probe: {fault.Message}", $"check {SiloProcess.PathVariable}, or build CatGan again"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, Finding.Fault(What, $"the silo's program did not answer within {Within.TotalSeconds:0} s", "start `catgan-silo --probe` by hand to see what it waits for"));
        }
        finally
        {
            if (process is { HasExited: false })
                process.Kill();
            process?.Dispose();
        }
    }

    private static string Tail(string text) => string.Join(" ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));

    private sealed record Probed(string? Versions, string? Fault, IReadOnlyList<Device> Devices);

    private sealed record Device(string Name, string Description, int Slots);
}
