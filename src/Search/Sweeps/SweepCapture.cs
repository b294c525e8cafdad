using System.Text.Json;

namespace CatGan.Search;

/// <summary>
/// A sweep's state at one moment, to be written to a snapshot while the sweep goes on: taken at once, turned into bytes
/// wherever there is time. Thread-safe.
/// </summary>
public sealed class SweepCapture
{
    private static readonly byte[] Comma = ","u8.ToArray();
    private readonly byte[] _frame;
    private readonly ExperimentShelf.Slot[] _experiments;

    internal SweepCapture(SweepSnapshot frame, ExperimentShelf.Slot[] experiments)
    {
        _frame = JsonSerializer.SerializeToUtf8Bytes(frame with { Experiments = [] }, SweepJson.Options);
        _experiments = experiments;
    }

    /// <summary>The bytes of <see cref="Sweep.Snapshot"/> in pieces, the same each time.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        int split = SnapshotText.Experiments(_frame).From;
        yield return _frame.AsMemory(0, split);
        for (int i = 0; i < _experiments.Length; i++)
        {
            if (i > 0)
                yield return Comma;
            yield return _experiments[i].Line;
        }
        yield return _frame.AsMemory(split);
    }
}
