using CatGan.Coordinator.Report.Pictures;

namespace CatGan.Coordinator.Report.Neighbours;

/// <summary>Compares samples with the real pictures they were trained on, and real pictures with each other.</summary>
internal static class NeighbourAnalysis
{
    private const int MostProbes = 256;
    private const int PairsShown = 8;

    /// <summary>Looks up the samples of some generators.</summary>
    /// <param name="grids">Sample grids by experiment, best first, all with pictures of <paramref name="side"/>.</param>
    /// <param name="count">Real pictures.</param>
    /// <param name="side">Their side in pixels.</param>
    /// <param name="read">Reads one of them; may be called from several threads.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when there are fewer than two real pictures, and so no yardstick.</returns>
    public static NeighbourFindings? Run(
        IReadOnlyList<(int Experiment, SampleGrid Grid)> grids, int count, int side, PictureReader read, CancellationToken cancellationToken)
    {
        if (count < 2)
            return null;
        int[] probes = [.. Enumerable.Range(0, Math.Min(MostProbes, count)).Select(i => (int)((long)i * count / Math.Min(MostProbes, count)))];
        var samples = grids.SelectMany(g => Enumerable.Range(0, g.Grid.Count).Select(i => (g.Experiment, Planes: g.Grid.Read(i)))).ToArray();
        float[][] queries = [.. probes.Select(p => Feature(Real(p, side, read), side)), .. samples.Select(s => Feature(s.Planes, side))];
        int[] own = [.. probes, .. samples.Select(_ => -1)];
        Neighbour?[] found = NeighbourSearch.Find(queries, own, count, side, read, cancellationToken);
        double[] yardstick = [.. found.Take(probes.Length).Select(n => n!.Distance).Order()];
        double closest = yardstick[yardstick.Length / 100];
        return new NeighbourFindings
        {
            Side = side,
            Searched = count,
            Probes = probes.Length,
            RealMedian = yardstick[yardstick.Length / 2],
            RealClosest = closest,
            Generators =
            [
                .. samples.Zip(found.Skip(probes.Length), (s, n) => (s.Experiment, s.Planes, Neighbour: n!)).GroupBy(s => s.Experiment)
                    .Select(g => Judge(g.Key, [.. g.Select(s => (s.Planes, s.Neighbour)).OrderBy(s => s.Neighbour.Distance)], closest, side, read)),
            ],
        };
    }

    private static GeneratorNeighbours Judge(int experiment, (byte[] Planes, Neighbour Neighbour)[] samples, double closest, int side, PictureReader read) => new(
        experiment,
        [
            .. samples.Take(PairsShown).Select(s => new NeighbourPair(
                Sheets.Single(s.Planes, side, mirrored: false),
                Sheets.Single(Real(s.Neighbour.Index, side, read), side, s.Neighbour.Mirrored),
                s.Neighbour.Index, s.Neighbour.Mirrored, s.Neighbour.Distance)),
        ],
        samples[samples.Length / 2].Neighbour.Distance,
        samples.Count(s => s.Neighbour.Distance < closest),
        samples.Length);

    private static byte[] Real(int index, int side, PictureReader read)
    {
        byte[] planes = new byte[3 * side * side];
        read(index, planes);
        return planes;
    }

    private static float[] Feature(byte[] planes, int side)
    {
        float[] feature = new float[PictureFeature.Length];
        PictureFeature.Compute(planes, side, feature, []);
        return feature;
    }
}
