using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Steps;

/// <summary>
/// Losses since the last report, summed on the device: reading one is a wait for the device, so that only reports
/// and the occasional finite check do. What is not finite stays in the sum.
/// </summary>
internal sealed class LossWindow : IDisposable
{
    public LossWindow(Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        SumD = scope.Detach(zeros([], dtype: ScalarType.Float64, device: device));
        SumG = scope.Detach(zeros([], dtype: ScalarType.Float64, device: device));
    }

    public Tensor SumD { get; }

    public Tensor SumG { get; }

    /// <summary>Discriminator updates in the window.</summary>
    public long CountD { get; set; }

    /// <summary>Generator updates in the window.</summary>
    public long CountG { get; set; }

    /// <summary>The discriminator's mean loss; null before its first update. Waits for the device.</summary>
    public double? MeanD => CountD == 0 ? null : SumD.item<double>() / CountD;

    /// <summary>The generator's mean loss; null before its first update. Waits for the device.</summary>
    public double? MeanG => CountG == 0 ? null : SumG.item<double>() / CountG;

    /// <summary>False when a loss of the window was not finite. Waits for the device.</summary>
    public bool IsFinite => double.IsFinite(SumD.item<double>()) && double.IsFinite(SumG.item<double>());

    public void Add(StepLosses losses)
    {
        SumD.add_(losses.Discriminator);
        CountD++;
        if (losses.Generator is null)
            return;
        SumG.add_(losses.Generator);
        CountG++;
    }

    public void Clear()
    {
        using DisposeScope scope = NewDisposeScope(); // what an in-place operation returns is a handle of its own
        SumD.zero_();
        SumG.zero_();
        (CountD, CountG) = (0, 0);
    }

    public void Dispose()
    {
        SumD.Dispose();
        SumG.Dispose();
    }
}
