using static TorchSharp.torch;

namespace CatGan.Training.Pictures;

/// <summary>Generated pictures as colour values.</summary>
internal static class PixelValues
{
    /// <summary>
    /// Rounds numbers in [-1, 1] to the nearest of 0 to 255, the inverse of the trainer's x / 127.5 − 1; what is not a
    /// number becomes the middle.
    /// </summary>
    /// <returns>uint8, of the same shape and on the same device.</returns>
    public static Tensor Of(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        return pictures.mul(127.5).add_(127.5).nan_to_num_(127.5).round_().clamp_(0, 255).to_type(ScalarType.Byte).MoveToOuterDisposeScope();
    }
}
