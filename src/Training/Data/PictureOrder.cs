using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Data;

/// <summary>
/// In which order pictures are shown: a fresh permutation a pass. A batch that a pass cannot fill goes on into the
/// next one, so that every picture is shown equally often and a batch may be larger than the data set.
/// </summary>
internal sealed class PictureOrder(int count)
{
    /// <summary>The running pass's permutation; empty before the first picture.</summary>
    public int[] Order { get; private set; } = [];

    /// <summary>Place of the next picture in <see cref="Order"/>.</summary>
    public int Position { get; private set; }

    /// <summary>Index of the next picture.</summary>
    /// <param name="chance">Draws the next pass's permutation when this one is used up.</param>
    public int Next(Generator chance)
    {
        if (Position == Order.Length)
        {
            using DisposeScope scope = NewDisposeScope();
            Order = [.. randperm(count, ScalarType.Int64, generator: chance).data<long>().Select(i => (int)i)];
            Position = 0;
        }
        return Order[Position++];
    }

    /// <summary>Goes on at a place of a pass.</summary>
    /// <exception cref="InvalidCheckpointException">This is no permutation of as many pictures.</exception>
    public void Restore(int[] order, int position)
    {
        bool permutation = order.Length == 0 || (order.Length == count && order.Order().SequenceEqual(Enumerable.Range(0, count)));
        if (!permutation || position < 0 || position > order.Length)
            throw new InvalidCheckpointException($"The checkpoint's data order is no permutation of {count} pictures with place {position} in it.");
        (Order, Position) = (order, position);
    }
}
