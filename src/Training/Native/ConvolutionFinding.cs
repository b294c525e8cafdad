using System.Globalization;

namespace CatGan.Training.Native;

/// <summary>The convolution that came out worst.</summary>
/// <param name="Shape">Which one.</param>
/// <param name="Error">How far it is from the one in 64 bits, |a - b| / |b|; not a number where the result is none.</param>
internal sealed record ConvolutionFinding(string Shape, double Error)
{
    /// <summary>In 32 bits errors are about 1e-6; wrong ones are above a hundredth.</summary>
    public const double Bound = 1e-4;

    /// <summary>True when all are as exact as 32 bits allow.</summary>
    public bool IsRight => Error < Bound;

    /// <summary>What is wrong, for a person.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"{Shape} is off by {(double.IsFinite(Error) ? $"{100 * Error:0.##} %" : "all bounds, not a number")}");
}
