using CatGan.Storage;
using static TorchSharp.torch;

namespace CatGan.Training.Checkpoints;

/// <summary>Between torch's tensors and safetensors' bytes.</summary>
internal static class TensorBytes
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>How the file format calls a tensor's type.</summary>
    public static SafetensorsType TypeOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => SafetensorsType.F32,
        ScalarType.Float64 => SafetensorsType.F64,
        ScalarType.Int32 => SafetensorsType.I32,
        ScalarType.Int64 => SafetensorsType.I64,
        ScalarType.Byte => SafetensorsType.U8,
        _ => throw new NotSupportedException($"A checkpoint holds no {tensor.dtype} tensors."),
    };

    /// <summary>Name, type and shape of a tensor.</summary>
    public static TensorSpec SpecOf(string name, Tensor tensor) => new(name, TypeOf(tensor), [.. tensor.shape]);

    /// <summary>A copy in main memory that belongs to no dispose scope.</summary>
    public static Tensor CopyToMemory(Tensor tensor)
    {
        using Tensor detached = tensor.detach();
        Tensor copy = detached.device.type == TorchSharp.DeviceType.CPU ? detached.clone() : detached.cpu();
        return copy.DetachFromDisposeScope();
    }

    /// <summary>Writes all bytes of a contiguous CPU tensor, a piece at a time.</summary>
    public static async Task WriteAsync(SafetensorsWriter writer, Tensor tensor, byte[] buffer, CancellationToken cancellationToken)
    {
        long length = tensor.numel() * tensor.element_size();
        for (long at = 0; at < length; at += buffer.Length)
        {
            int count = (int)Math.Min(buffer.Length, length - at);
            tensor.bytes.Slice((int)at, count).CopyTo(buffer);
            await writer.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A buffer to hand to <see cref="WriteAsync"/>.</summary>
    public static byte[] Buffer() => new byte[ChunkBytes];

    /// <summary>Fills a tensor, on whatever device, from a file's.</summary>
    public static void Read(SafetensorsFile file, TensorEntry entry, Tensor target)
    {
        using IDisposable noGradient = no_grad();
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        Tensor read = empty(target.shape, dtype: target.dtype);
        file.Read(entry, 0, read.bytes);
        target.copy_(read);
    }
}
