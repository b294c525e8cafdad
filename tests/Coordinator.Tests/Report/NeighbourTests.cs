using CatGan.Coordinator.Report.Neighbours;
using CatGan.Coordinator.Report.Pictures;
using CatGan.Coordinator.Tests.Results;
using CatGan.Datasets;

namespace CatGan.Coordinator.Tests.Report;

public sealed class NeighbourTests : IDisposable
{
    private const int Side = 32;
    private readonly TemporaryStore temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task Find_MirrorImageOfARealPicture_FindsItMirrored()
    {
        using PictureSet reals = await OpenAsync(60, 1);
        byte[] picture = new byte[3 * Side * Side];
        reals.Read(17, picture);
        for (int row = 0; row < 3 * Side; row++)
            picture.AsSpan(row * Side, Side).Reverse();
        Neighbour found = NeighbourSearch.Find([Feature(picture)], [-1], reals.Count, Side, reals.Read, CancellationToken.None)[0]!;
        Assert.Equal((17, true), (found.Index, found.Mirrored));
        Assert.Equal(0, found.Distance, 6);
    }

    [Fact]
    public async Task Find_PictureOfTheSetItself_LooksPastIt()
    {
        using PictureSet reals = await OpenAsync(60, 1);
        byte[] picture = new byte[3 * Side * Side];
        reals.Read(17, picture);
        Neighbour found = NeighbourSearch.Find([Feature(picture)], [17], reals.Count, Side, reals.Read, CancellationToken.None)[0]!;
        Assert.NotEqual(17, found.Index);
        Assert.True(found.Distance > 0.01);
    }

    [Fact]
    public async Task Run_GeneratorThatRemembers_IsToldFromOneThatDraws()
    {
        using PictureSet reals = await OpenAsync(200, 77), others = await OpenAsync(200, 5);
        using SampleGrid copied = SampleGrid.Decode(new FakeSamples(reals).Grid(0.98, 1), Side, 1)!, made = SampleGrid.Decode(new FakeSamples(others).Grid(1, 1), Side, 1)!;
        NeighbourFindings found = NeighbourAnalysis.Run([(1, copied), (2, made)], reals.Count, Side, reals.Read, CancellationToken.None)!;
        Assert.Equal(64, found.Generators[0].Copies);
        Assert.InRange(found.Generators[1].Copies, 0, 6);
        Assert.True(found.RealClosest < found.RealMedian);
    }

    private static float[] Feature(byte[] planes)
    {
        float[] feature = new float[PictureFeature.Length];
        PictureFeature.Compute(planes, Side, feature, []);
        return feature;
    }

    private Task<PictureSet> OpenAsync(int count, long seed) =>
        PictureSets.OpenAsync(temporary.Store, $"builtin:drawn-cats?count={count}&seed={seed}", Side, temporary.Cache, CancellationToken.None);
}
