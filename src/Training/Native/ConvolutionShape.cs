namespace CatGan.Training.Native;

/// <summary>A convolution of kernel 4 over square pictures.</summary>
internal sealed record ConvolutionShape(bool Transposed, int Batch, int Inputs, int Outputs, int Side, int Stride, int Padding)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"a {(Transposed ? "transposed convolution" : "convolution")} of {Batch} times {Inputs} channels of {Side}x{Side} to {Outputs} channels";
}
