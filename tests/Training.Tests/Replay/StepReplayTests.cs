using CatGan.Training.Replay;

namespace CatGan.Training.Tests.Replay;

public sealed class StepReplayTests
{
    [Theory]
    [InlineData("dcgan")]
    [InlineData("dcgan-selu")]
    [InlineData("lsgan")]
    [InlineData("wgan")]
    [InlineData("wgan-gp")]
    public void Run_RecordOfPyTorch_SameMathematics(string variant)
    {
        ReplayError error = StepReplay.Run(Path.Combine(AppContext.BaseDirectory, "Reference", variant + ".safetensors"));

        Assert.Equal(variant, error.Variant);
        Assert.True(error.IsOk, error.ToString());
        Assert.True(error.WeightError > 0, "The weights of two libraries are never equal to the last bit.");
    }
}
