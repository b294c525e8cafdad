namespace CatGan.Training.Tests.Devices;

public sealed class TrainingDevicesTests
{
    [Fact]
    public void Detect_AnyMachine_HasADeviceWithSlotsAndThreads() =>
        Assert.All(TrainingDevices.Detect(), d => Assert.True(d is { Slots: >= 1, Threads: >= 1, Name.Length: > 0 }));

    [Fact]
    public void Find_Cpu_IsASlotACore() => Assert.Equal((Environment.ProcessorCount, 1), (TrainingDevices.Find("cpu").Slots, TrainingDevices.Find("cpu").Threads));

    [Fact]
    public void Find_Unknown_SaysWhatThereIs()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => TrainingDevices.Find("abacus"));

        Assert.Contains("device is abacus, but must be one of", e.Message, StringComparison.Ordinal);
    }
}
