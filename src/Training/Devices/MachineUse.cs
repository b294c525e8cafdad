namespace CatGan.Training;

/// <summary>Reads the devices of this machine: CUDA devices from the NVIDIA driver, and this process for a CPU.</summary>
/// <param name="time">The clock that processor time is compared with.</param>
public sealed class MachineUse(TimeProvider time) : IDeviceUse
{
    // Two readers one after the other would else see a window in which nothing happened.
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private (long At, TimeSpan Cpu) _last = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
    private readonly long _limit = ProcessMemory.Limit() ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
    private double? _utilization;

    /// <inheritdoc/>
    public DeviceUse Read(TrainingDevice device) => device.IsCuda
        ? NvidiaDriver.Read(device.Torch)
        : new DeviceUse(Environment.WorkingSet, _limit, Utilization());

    private double? Utilization()
    {
        lock (_lock)
        {
            TimeSpan window = time.GetElapsedTime(_last.At);
            if (window >= ShortestWindow)
            {
                TimeSpan cpu = Environment.CpuUsage.TotalTime;
                _utilization = Math.Clamp((cpu - _last.Cpu) / (window * Environment.ProcessorCount), 0, 1);
                _last = (time.GetTimestamp(), cpu);
            }
            return _utilization;
        }
    }
}
