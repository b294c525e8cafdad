namespace CatGan.Coordinator.Report.Neighbours;

/// <summary>Reads one real picture: bytes of channel, row, column.</summary>
internal delegate void PictureReader(int index, Span<byte> planes);

/// <summary>A real picture that lies nearest to another one.</summary>
/// <param name="Index">Its index in the data set.</param>
/// <param name="Mirrored">True when its mirror image lies nearer than itself.</param>
/// <param name="Distance">Root mean square difference of block means, from 0 to 1.</param>
internal sealed record Neighbour(int Index, bool Mirrored, double Distance);

/// <summary>Finds the nearest real pictures of many pictures in one pass over the data set.</summary>
internal static class NeighbourSearch
{
    /// <summary>The nearest real picture of each query.</summary>
    /// <param name="queries">Features (<see cref="PictureFeature"/>) of the pictures asked about.</param>
    /// <param name="own">For each query its own index in the data set, which is passed over; -1 for a generated one.</param>
    /// <param name="count">Pictures in the data set.</param>
    /// <param name="side">Their side in pixels.</param>
    /// <param name="read">Reads one of them; may be called from several threads.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>One neighbour a query; null for all when there is no other picture.</returns>
    public static Neighbour?[] Find(
        IReadOnlyList<float[]> queries, IReadOnlyList<int> own, int count, int side, PictureReader read, CancellationToken cancellationToken)
    {
        Neighbour?[] best = new Neighbour?[queries.Count];
        Lock merge = new();
        ParallelOptions options = new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, count, options, () => new Scratch(queries.Count, side), (index, _, scratch) =>
        {
            read(index, scratch.Planes);
            PictureFeature.Compute(scratch.Planes, side, scratch.Straight, scratch.Mirrored);
            for (int i = 0; i < queries.Count; i++)
            {
                if (own[i] != index)
                    scratch.Offer(i, index, queries[i]);
            }
            return scratch;
        }, scratch =>
        {
            lock (merge)
            {
                for (int i = 0; i < best.Length; i++)
                    best[i] = Nearer(best[i], scratch.Best[i]);
            }
        });
        return best;
    }

    // Ties go to the lower index, so that the answer does not depend on the threads.
    private static Neighbour? Nearer(Neighbour? a, Neighbour? b) =>
        a is null ? b : b is null || (a.Distance, a.Index).CompareTo((b.Distance, b.Index)) <= 0 ? a : b;

    private sealed class Scratch(int queries, int side)
    {
        public byte[] Planes { get; } = new byte[3 * side * side];

        public float[] Straight { get; } = new float[PictureFeature.Length];

        public float[] Mirrored { get; } = new float[PictureFeature.Length];

        public Neighbour?[] Best { get; } = new Neighbour?[queries];

        public void Offer(int query, int index, float[] feature)
        {
            double limit = Best[query]?.Distance * 1.0001 ?? double.PositiveInfinity;
            double straight = PictureFeature.Distance(feature, Straight, limit), mirrored = PictureFeature.Distance(feature, Mirrored, limit);
            double distance = Math.Min(straight, mirrored);
            if (Best[query] is not { } best || (distance, index).CompareTo((best.Distance, best.Index)) < 0)
                Best[query] = new Neighbour(index, mirrored < straight, distance);
        }
    }
}
