namespace CatGan.Training;

/// <summary>How busy and how full a device is.</summary>
public interface IDeviceUse
{
    /// <summary>What is known of a device now; what is not known is null.</summary>
    DeviceUse Read(TrainingDevice device);
}

/// <summary>How busy and how full a device is.</summary>
/// <param name="Memory">Bytes in use; on a CPU those of this process.</param>
/// <param name="MemoryLimit">Bytes there are; on a CPU what this process may take.</param>
/// <param name="Utilization">Part of its time that it works, 0 to 1; on a CPU the part of all cores that this process takes.</param>
public readonly record struct DeviceUse(long? Memory, long? MemoryLimit, double? Utilization);
