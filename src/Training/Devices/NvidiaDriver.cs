using System.Globalization;
using System.Runtime.InteropServices;

namespace CatGan.Training;

/// <summary>
/// Memory and use of a GPU from the driver's own library (NVML), which every CUDA machine has. Nothing is known where it
/// is not there or does not answer.
/// </summary>
/// <remarks>Written from NVML's documentation and not run on a GPU yet.</remarks>
internal static partial class NvidiaDriver
{
    private const string Library = "libnvidia-ml.so.1";
    private static readonly bool Works = Start();

    /// <summary>Reads a device.</summary>
    /// <param name="torch">Its name in libtorch: <c>cuda:0</c>.</param>
    public static DeviceUse Read(string torch)
    {
        string index = torch[(torch.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (!Works || !uint.TryParse(index, CultureInfo.InvariantCulture, out uint number) || GetHandle(number, out nint device) != 0)
            return default;
        (long? used, long? total) = GetMemory(device, out Memory memory) == 0 ? ((long)memory.Used, (long)memory.Total) : ((long?)null, (long?)null);
        return new DeviceUse(used, total, GetUtilization(device, out Utilization use) == 0 ? use.Gpu / 100.0 : null);
    }

    private static bool Start()
    {
        try
        {
            return Initialize() == 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // No driver, or one too old: the device trains all the same, and its use is unknown.
            return false;
        }
    }

    [LibraryImport(Library, EntryPoint = "nvmlInit_v2")]
    private static partial int Initialize();

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByIndex_v2")]
    private static partial int GetHandle(uint index, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMemoryInfo")]
    private static partial int GetMemory(nint device, out Memory memory);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetUtilizationRates")]
    private static partial int GetUtilization(nint device, out Utilization use);

    // In NVML's order.
    private readonly record struct Memory(ulong Total, ulong Free, ulong Used);

    private readonly record struct Utilization(uint Gpu, uint MemoryBus);
}
