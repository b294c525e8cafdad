using CatGan.Coordinator.Report.Pictures;
using CatGan.Coordinator.Tests.Results;
using CatGan.Datasets;

namespace CatGan.Coordinator.Tests.Report;

public sealed class GridLayoutTests
{
    [Theory]
    [InlineData(8, 8, 32, 2, 2)]
    [InlineData(15, 4, 32, 2, 2)]
    [InlineData(5, 3, 16, 0, 0)]
    [InlineData(4, 4, 64, 1, 1)]
    public void Of_GridOfThatSize_FindsColumnsAndRows(int columns, int rows, int tile, int margin, int gap)
    {
        int width = 2 * margin + columns * (tile + gap) - gap, height = 2 * margin + rows * (tile + gap) - gap;
        Assert.Equal(new GridLayout(tile, columns, rows, margin, gap), GridLayout.Of(width, height, tile));
    }

    [Fact]
    public void Of_SizeThatNoGridHas_IsNull() => Assert.Null(GridLayout.Of(37, 41, 32));

    [Fact]
    public async Task Read_PictureOfAGrid_IsThePictureThatWasDrawn()
    {
        using TemporaryStore temporary = new();
        using PictureSet cats = await PictureSets.OpenAsync(temporary.Store, "builtin:drawn-cats?count=64&seed=77", 16, temporary.Cache, CancellationToken.None);
        using SampleGrid grid = SampleGrid.Decode(new FakeSamples(cats).Grid(1, 1), 16, 10_000)!;
        byte[] expected = new byte[3 * 16 * 16];
        cats.Read(13, expected);
        Assert.Equal(expected, grid.Read(13));
        Assert.Equal(64, grid.Count);
    }
}
