using System.Collections.Immutable;
using CatGan.Storage;
using CatGan.Training.Checkpoints;
using CatGan.Training.Steps;
using TorchSharp;

namespace CatGan.Training;

/// <summary>
/// A copy of everything that an experiment is at one moment, in main memory: training goes on while it is written.
/// Can be used from any thread. Whoever gets it disposes of it.
/// </summary>
public sealed class CheckpointSnapshot : IDisposable
{
    private readonly ImmutableArray<(string Name, torch.Tensor Tensor)> _tensors;
    private readonly ImmutableSortedDictionary<string, string> _metadata;

    internal CheckpointSnapshot(TrainingSession session)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (Images, Updates) = (session.Progress.Images, session.Progress.Updates);
        Seconds = TimeSpan.FromSeconds(session.Progress.Seconds);
        _metadata = CheckpointFormat.Metadata(session);
        _tensors =
        [
            .. CheckpointFormat.Tensors(session).Select(t => (t.Name, TensorBytes.CopyToMemory(t.Tensor))),
            (CheckpointFormat.ChanceName, TensorBytes.CopyToMemory(session.Chance.get_state())),
            (CheckpointFormat.OrderName, TensorBytes.CopyToMemory(torch.tensor(session.Batches.Order.Order, dtype: torch.ScalarType.Int32))),
        ];
    }

    /// <summary>Images shown to the discriminator at that moment.</summary>
    public long Images { get; }

    /// <summary>Generator updates at that moment.</summary>
    public long Updates { get; }

    /// <summary>Training time at that moment, attempts added up.</summary>
    public TimeSpan Seconds { get; }

    /// <summary>Writes the checkpoint as safetensors; may be called again when a try fails.</summary>
    public async Task WriteAsync(Stream destination, CancellationToken cancellationToken)
    {
        TensorSpec[] specs = [.. _tensors.Select(t => TensorBytes.SpecOf(t.Name, t.Tensor))];
        await using SafetensorsWriter writer = await SafetensorsWriter.CreateAsync(destination, specs, _metadata, cancellationToken).ConfigureAwait(false);
        byte[] buffer = TensorBytes.Buffer();
        foreach ((string _, torch.Tensor tensor) in _tensors)
            await TensorBytes.WriteAsync(writer, tensor, buffer, cancellationToken).ConfigureAwait(false);
        await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((string _, torch.Tensor tensor) in _tensors)
            tensor.Dispose();
    }
}
