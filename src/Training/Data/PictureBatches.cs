using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Data;

/// <summary>
/// Batches of a picture set: bytes gathered into one buffer that is used again, mirrored there where asked, and
/// turned into floats on the device. On the training thread: gathering takes well under a hundredth of a step.
/// </summary>
internal sealed class PictureBatches : IDisposable
{
    private readonly PictureSet _data;
    private readonly bool _flip;
    private readonly Device _device;
    private readonly TimeProvider _time;
    private readonly Tensor _buffer; // uint8 [N, 3, S, S]
    private readonly Scalar _half = 127.5;
    private readonly Scalar _one = 1;

    public PictureBatches(PictureSet data, ExperimentOptions options, Device device, TimeProvider? time = null)
    {
        (_data, _flip, _device, _time) = (data, options.Flip, device, time ?? TimeProvider.System);
        using DisposeScope scope = NewDisposeScope();
        _buffer = scope.Detach(zeros([options.Batch, 3, data.Size, data.Size], dtype: ScalarType.Byte));
        Order = new PictureOrder(data.Count);
    }

    /// <summary>Which pictures come next.</summary>
    public PictureOrder Order { get; }

    /// <summary>Time that <see cref="Next"/> has taken in all.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The next batch, float32 [N, 3, S, S] in [-1, 1].</summary>
    public Tensor Next(Generator chance)
    {
        long started = _time.GetTimestamp();
        Tensor batch = Gather(chance);
        Waited += _time.GetElapsedTime(started);
        return batch;
    }

    private Tensor Gather(Generator chance)
    {
        int length = 3 * _data.Size * _data.Size;
        Span<byte> pixels = _buffer.bytes;
        bool[]? flips = _flip ? Flips(chance) : null;
        for (int i = 0; i < _buffer.shape[0]; i++)
        {
            Span<byte> picture = pixels.Slice(i * length, length);
            _data.Read(Order.Next(chance), picture);
            if (flips?[i] == true)
                Mirror(picture, _data.Size);
        }
        using DisposeScope scope = NewDisposeScope();
        return scope.MoveToOuter(_buffer.to(_device).to(ScalarType.Float32).div_(_half).sub_(_one));
    }

    /// <summary>Left to right, row by row.</summary>
    internal static void Mirror(Span<byte> picture, int side)
    {
        for (; picture.Length > 0; picture = picture[side..])
            picture[..side].Reverse();
    }

    private bool[] Flips(Generator chance)
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. rand(_buffer.shape[0], generator: chance).data<float>().Select(u => u < 0.5f)];
    }

    public void Dispose()
    {
        _buffer.Dispose();
        _half.Dispose();
        _one.Dispose();
    }
}
