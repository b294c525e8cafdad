using CatGan.Storage;
using CatGan.Training.Metrics;

namespace CatGan.Training.Tests.Metrics;

public sealed class MetricReplayTests
{
    [Fact]
    public void Of_ReferenceFile_AgreesToTheLastDigits()
    {
        var replay = MetricReplay.Of(Path.Combine(AppContext.BaseDirectory, "Reference", "metrics.safetensors"));

        Assert.Equal(2, replay.Swd.Count);
        Assert.Equal(32, replay.MsSsim.Count);
        Assert.InRange(replay.MaxRelativeError, 0, 1e-9);
    }

    [Fact]
    public void Of_FileOfSomethingElse_SaysWhatIsMissing()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);

        var error = Assert.Throws<SafetensorsException>(() => MetricReplay.Of(path));

        Assert.Contains("input.a", error.Message, StringComparison.Ordinal);
        File.Delete(path);
    }
}
