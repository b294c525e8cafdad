using System.Globalization;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Doctor;

/// <summary>Memory, and room on the disks that CatGan writes to.</summary>
internal sealed class MachineCheck : IDoctorCheck
{
    private const long Mebibyte = 1L << 20;
    private const long LittleMemory = 512 * Mebibyte;
    private const long LittleRoom = 1024 * Mebibyte;
    private const long NoRoom = 64 * Mebibyte;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return Memory(Available() ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        yield return Room("cache", CacheFolder.Of(patient.Surroundings));
        yield return Room("temporary files", Path.GetTempPath());
        if (patient.StoreUri.StartsWith("file:", StringComparison.Ordinal))
            yield return Room("store's disk", patient.StoreUri["file:".Length..]);
    }

    /// <summary>What is said of so many bytes of free memory.</summary>
    internal static Finding Memory(long free) => free < LittleMemory
        ? Finding.Warning("memory", $"{Words(free)} free", "a small network needs about 500 MiB a slot: give fewer --slots, or end what else runs")
        : Finding.Well("memory", $"{Words(free)} free");

    /// <summary>What is said of so many free bytes in a folder.</summary>
    internal static Finding Room(string what, string folder, long free) => free switch
    {
        < NoRoom => Finding.Fault(what, $"{Words(free)} free in {folder}", "make room: sweeps pause until checkpoints can be written again"),
        < LittleRoom => Finding.Warning(what, $"{Words(free)} free in {folder}", "make room: checkpoints and data sets take some gigabytes"),
        _ => Finding.Well(what, $"{Words(free)} free in {folder}"),
    };

    private static Finding Room(string what, string folder)
    {
        string there = folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
            there = above;
        try
        {
            return Room(what, folder, new DriveInfo(there).AvailableFreeSpace);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Finding.Fault(what, $"{folder} cannot be looked at: {fault.Message}", "check that the folder is there and may be read");
        }
    }

    /// <summary>What Linux would give before it swaps; null elsewhere.</summary>
    private static long? Available()
    {
        const string key = "MemAvailable:";
        if (!File.Exists("/proc/meminfo"))
            return null;
        string? line = File.ReadLines("/proc/meminfo").FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal));
        return line is not null && long.TryParse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture, out long kib) ? kib * 1024 : null;
    }

    private static string Words(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebibyte} MiB");
}
