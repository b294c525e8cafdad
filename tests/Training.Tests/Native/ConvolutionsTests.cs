using CatGan.Training.Native;

namespace CatGan.Training.Tests.Native;

/// <summary>A machine whose convolutions are garbage must not train, or must compute them another way.</summary>
public sealed class ConvolutionsTests
{
    private static readonly ConvolutionFinding s_right = new("a convolution", 2e-7), s_wrong = new("a convolution", 0.2);

    // All shapes that networks of these sizes have, on the machine that the tests run on, with whatever kernels were taken.
    [Theory]
    [InlineData(16, 2)]
    [InlineData(16, 8)]
    [InlineData(32, 4)]
    [InlineData(32, 12)]
    [InlineData(64, 8)]
    public void Ensured_EveryLayerOfANetwork_ComesOutAsIn64Bits(int size, int hidden)
    {
        Convolutions.Ensure();
        foreach (int batch in (int[])[1, 7, 16, 64])
        {
            ConvolutionFinding worst = ConvolutionProbe.Look(Layers(size, hidden, batch));
            Assert.True(worst.IsRight, worst.Words);
        }
    }

    [Fact]
    public void Choose_OneDnnIsRight_LeavesItOn()
    {
        string kernels = Convolutions.Choose(s_right, () => throw new InvalidOperationException("turned off"), () => s_wrong);
        Assert.Equal("convolutions by oneDNN", kernels);
    }

    [Fact]
    public void Choose_OneDnnIsWrong_TurnsItOffAndTellsWhy()
    {
        bool off = false;
        string kernels = Convolutions.Choose(s_wrong, () => off = true, () => off ? s_right : s_wrong);
        Assert.True(off);
        Assert.Equal("convolutions by libtorch's own kernels, because oneDNN's are wrong here (a convolution is off by 20 %)", kernels);
    }

    [Fact]
    public void Choose_WrongEitherWay_RefusesToTrainAndSaysWhatToDo()
    {
        UnsoundMachineException fault = Assert.Throws<UnsoundMachineException>(() => Convolutions.Choose(s_wrong, () => true, () => s_wrong with { Error = double.NaN }));
        Assert.StartsWith("a convolution is off by all bounds, not a number on this machine, without oneDNN too. Set ONEDNN_MAX_CPU_ISA=SSE41", fault.Message);
    }

    [Fact]
    public void Choose_SwitchesHaveOtherNames_RefusesToTrain() =>
        Assert.Contains("cannot be turned off", Assert.Throws<UnsoundMachineException>(() => Convolutions.Choose(s_wrong, () => false, () => s_right)).Message);

    [Fact]
    public void Worst_OneIsNoNumber_IsThatOne()
    {
        ConvolutionFinding none = s_right with { Error = double.NaN };
        Assert.Same(none, ConvolutionProbe.Worst([s_wrong, none, s_right]));
        Assert.False(none.IsRight);
    }

    private static IEnumerable<ConvolutionShape> Layers(int size, int hidden, int batch)
    {
        int width = hidden, side = size, inputs = 3;
        for (; side > 4; (inputs, width, side) = (width, width * 2, side / 2))
        {
            yield return new(Transposed: false, batch, inputs, width, side, Stride: 2, Padding: 1);
            yield return new(Transposed: true, batch, width, inputs, side / 2, Stride: 2, Padding: 1);
        }
        yield return new(Transposed: false, batch, inputs, 1, side, Stride: 1, Padding: 0);
        yield return new(Transposed: true, batch, 100, inputs, 1, Stride: 1, Padding: 0);
    }
}
