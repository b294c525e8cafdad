using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Training;

namespace CatGan.Grains.Workers;

/// <summary>Makes what trains. The seam between the grains and torch: tests of the grains train nothing.</summary>
internal interface ITrainerFactory
{
    /// <summary>Checks the order and opens its data, off the training thread.</summary>
    /// <exception cref="OrderException">The order cannot be trained; the message is for a person.</exception>
    Task<IPreparedRun> PrepareAsync(AttemptOrder order, TrainingDevice device, CancellationToken cancellationToken);
}

/// <summary>An order whose data is open. Disposed of when the attempt is over.</summary>
internal interface IPreparedRun : IDisposable
{
    /// <summary>Folder of this machine that the run writes TensorBoard event files to; null when it writes none.</summary>
    string? EventFolder { get; }

    /// <summary>Trains, on the calling thread, until the end or until the observer asks to leave.</summary>
    /// <param name="checkpoint">File to go on from; null for a fresh start.</param>
    /// <param name="observer">Hears what happens.</param>
    /// <exception cref="InvalidCheckpointException">The checkpoint is of no use.</exception>
    TrainingResult Run(string? checkpoint, IRunObserver observer);
}

/// <summary>Hears what a run does, on its thread; every call returns at once.</summary>
internal interface IRunObserver
{
    TrainingCommand NextCommand();

    void OnReport(CurvePoint point);

    void OnSamples(long images, ReadOnlyMemory<byte> png);

    void OnCheckpoint(ICheckpointCopy copy, bool rung);
}

/// <summary>A copy of everything, waiting to be written.</summary>
internal interface ICheckpointCopy : IDisposable
{
    long Images { get; }

    long Updates { get; }

    Task WriteAsync(Stream destination, CancellationToken cancellationToken);
}

/// <summary>An order cannot be trained, and trying again would not help.</summary>
internal sealed class OrderException(string message, Exception? inner = null) : Exception(message, inner);
