using CatGan.Coordinator.Report.Pictures;

namespace CatGan.Coordinator.Report.Neighbours;

/// <summary>Whether the best generators copy the pictures they were trained on.</summary>
internal sealed record NeighbourFindings
{
    /// <summary>Side of the pictures in pixels.</summary>
    public required int Side { get; init; }

    /// <summary>Real pictures searched.</summary>
    public required int Searched { get; init; }

    /// <summary>Real pictures whose own nearest neighbours make the yardstick.</summary>
    public required int Probes { get; init; }

    /// <summary>Half of the real pictures have another real one nearer than this.</summary>
    public required double RealMedian { get; init; }

    /// <summary>One real picture in a hundred has another real one nearer than this.</summary>
    public required double RealClosest { get; init; }

    /// <summary>The generators looked at, best first.</summary>
    public required IReadOnlyList<GeneratorNeighbours> Generators { get; init; }
}

/// <summary>The samples of one experiment beside their nearest real pictures.</summary>
/// <param name="Experiment">Number of the experiment.</param>
/// <param name="Pairs">Samples, nearest to a real picture first.</param>
/// <param name="Median">Median distance of all its samples, not only of those shown.</param>
/// <param name="Copies">Samples nearer to a real picture than <see cref="NeighbourFindings.RealClosest"/>.</param>
/// <param name="Samples">Samples looked at.</param>
internal sealed record GeneratorNeighbours(int Experiment, IReadOnlyList<NeighbourPair> Pairs, double Median, int Copies, int Samples);

/// <summary>A sample and the real picture nearest to it.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Real">The real picture, turned around where its mirror image is the nearer one.</param>
/// <param name="Index">Its index in the data set.</param>
/// <param name="Mirrored">True when it is shown turned around.</param>
/// <param name="Distance">Their distance.</param>
internal sealed record NeighbourPair(Inlined Sample, Inlined Real, int Index, bool Mirrored, double Distance);
