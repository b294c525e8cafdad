namespace CatGan.Training;

/// <summary>
/// A copy of everything that an experiment is at one moment, in main memory: training goes on while it is written.
/// Can be used from any thread. Whoever gets it disposes of it.
/// </summary>
public sealed class CheckpointSnapshot : IDisposable
{
    /// <summary>Images shown to the discriminator at that moment.</summary>
    public long Images { get; init; }

    /// <summary>Generator updates at that moment.</summary>
    public long Updates { get; init; }

    /// <summary>Training time at that moment, attempts added up.</summary>
    public TimeSpan Seconds { get; init; }

    /// <summary>Writes the checkpoint as safetensors; may be called again when a try fails.</summary>
    public Task WriteAsync(Stream destination, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Comes with the safetensors writer.");

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
