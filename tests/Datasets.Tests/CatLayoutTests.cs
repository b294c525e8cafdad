using System.Globalization;
using System.Text;
using CatGan.Datasets.Import;
using CatGan.Datasets.Import.Layouts;
using CatGan.Datasets.Tests.Support;
using CsCheck;
using SkiaSharp;

namespace CatGan.Datasets.Tests;

public sealed class CatLayoutTests
{
    /// <summary>An upright face of the CAT dataset's nine points, about the middle of its eyes and 100 wide between the outer ear bases.</summary>
    private static readonly (double X, double Y)[] s_face =
        [(-20, 0), (20, 0), (0, 35), (-50, -20), (-45, -60), (-20, -40), (20, -40), (45, -60), (50, -20)];

    [Fact]
    public void Upright_FaceAtAnyAngleAndScale_PutsEyesAndMouthInPlace() =>
        Gen.Select(Gen.Double[-180, 180], Gen.Double[0.3, 8], Gen.Double[-500, 2000], Gen.Double[-500, 2000]).Sample((angle, scale, x, y) =>
        {
            (double X, double Y)[] points = Turn(angle, scale, x, y);
            Square square = CatLayout.Upright(new Landmarks(points[0], points[1], points[2], points[3], points[8]));
            Assert.Equal(100 * scale, square.Side, 1e-6);
            Near(points[0], square.At(0.3, 0.4));
            Near(points[1], square.At(0.7, 0.4));
            Near(points[2], square.At(0.5, 0.75));
        });

    [Fact]
    public void Upright_EyesNamedTheOtherWayRound_StandsUprightAllTheSame()
    {
        Square square = CatLayout.Upright(new Landmarks((20, 0), (-20, 0), (0, 35), (50, -20), (-50, -20)));
        Near((0, 35), square.At(0.5, 0.75));
        Near((-20, 0), square.At(0.3, 0.4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    [InlineData(-120)]
    [InlineData(170)]
    public async Task Import_TurnedFace_ShowsItUpright(double angle)
    {
        using ImportRun run = new();
        Photograph(run, "CAT_00/a.jpg", 300, 300, Turn(angle, 1.2, 150, 150));
        ImportSummary summary = await run.ImportAsync(size: 64);
        Assert.Equal((ImportLayout.Cat, 1, 0), (summary.Layout, summary.Kept, summary.OtherFiles));
        byte[] pixels = Assert.Single(await run.PixelsAsync(64));
        // Left eye red, right eye green, mouth blue, on grey.
        AssertColour(pixels, 0.3, 0.4, 0);
        AssertColour(pixels, 0.7, 0.4, 1);
        AssertColour(pixels, 0.5, 0.75, 2);
    }

    [Fact]
    public async Task Import_FaceSmallerThanTheSize_IsLeftOut()
    {
        using ImportRun run = new();
        Photograph(run, "a.jpg", 300, 300, Turn(0, 0.639, 150, 150));
        Photograph(run, "b.jpg", 300, 300, Turn(0, 0.641, 150, 150));
        ImportSummary summary = await run.ImportAsync(size: 64);
        Assert.Equal(("a.jpg", SkipReason.TooSmall), (Assert.Single(summary.Skipped).Name, summary.Skipped[0].Reason));
    }

    [Fact]
    public async Task Import_MoreThanAQuarterOutside_IsLeftOut()
    {
        // The square is 100 wide and reaches 50 left of the eyes' middle.
        using ImportRun run = new();
        Photograph(run, "a.jpg", 300, 300, Turn(0, 1, 24, 150));
        Photograph(run, "b.jpg", 300, 300, Turn(0, 1, 26, 150));
        ImportSummary summary = await run.ImportAsync(size: 64);
        SkippedPicture skipped = Assert.Single(summary.Skipped);
        Assert.Equal(("a.jpg", SkipReason.OutsidePhotograph), (skipped.Name, skipped.Reason));
        Assert.Contains("26 %", skipped.Detail);
    }

    [Theory]
    [InlineData("")]
    [InlineData("8 1 1 2 2")]
    [InlineData("9 1 1 2 2 3 x 4 4 5 5 6 6 7 7 8 8 9 9")]
    [InlineData("9 1 1 2 2 NaN 3 4 4 5 5 6 6 7 7 8 8 9 9")]
    [InlineData("9 1 1 1 1 3 3 4 4 5 5 6 6 7 7 8 8 9 9")]
    public async Task Import_DamagedLandmarks_LeavesThePictureOut(string text)
    {
        using ImportRun run = new();
        Photograph(run, "a.jpg", 300, 300, Turn(0, 1, 150, 150));
        Photograph(run, "b.jpg", 300, 300, Turn(0, 1, 150, 150));
        run.Source.Write("b.jpg.cat", Encoding.UTF8.GetBytes(text));
        Assert.Equal(SkipReason.BadLandmarks, Assert.Single((await run.ImportAsync(size: 64)).Skipped).Reason);
    }

    [Fact]
    public async Task Import_PictureWithoutLandmarks_IsLeftOut()
    {
        using ImportRun run = new();
        Photograph(run, "a.jpg", 300, 300, Turn(0, 1, 150, 150));
        run.Source.Write("b.jpg", TestPictures.Encode(SKEncodedImageFormat.Jpeg, 100, 100));
        SkippedPicture skipped = Assert.Single((await run.ImportAsync(size: 64)).Skipped);
        Assert.Equal(("b.jpg", SkipReason.NoLandmarks), (skipped.Name, skipped.Reason));
        Assert.Equal(2, (await run.ImportAsync(size: 64, layout: ImportLayout.Pictures, replace: true)).Kept);
    }

    [Fact]
    public async Task Import_CatLayoutWithoutAnyLandmarks_IsAnError()
    {
        using ImportRun run = new();
        run.Source.Write("b.jpg", TestPictures.Encode(SKEncodedImageFormat.Jpeg, 100, 100));
        DatasetException e = await Assert.ThrowsAsync<DatasetException>(() => run.ImportAsync(layout: ImportLayout.Cat));
        Assert.Contains(".cat", e.Message);
    }

    [Theory]
    [InlineData(0, 0, 100, 0, 0)]
    [InlineData(-25, 0, 100, 0, 0.25)]
    [InlineData(-50, -50, 100, 0, 0.75)]
    [InlineData(250, 0, 100, 0, 0.5)]
    [InlineData(500, 500, 100, 0, 1)]
    [InlineData(50, 0, 100, 45, 0)]
    public void Outside_KnownSquares_GivesTheShare(double x, double y, double side, double degrees, double expected)
    {
        double a = degrees * Math.PI / 180;
        // A square turned by 45 degrees about its corner reaches 70.7 to the left.
        Square square = new(degrees == 0 ? x : 150, y, side, Math.Cos(a), Math.Sin(a));
        Assert.Equal(expected, SquareOverlap.Outside(square, 300, 300), 1e-9);
    }

    private static (double X, double Y)[] Turn(double degrees, double scale, double x, double y)
    {
        double c = scale * Math.Cos(degrees * Math.PI / 180), s = scale * Math.Sin(degrees * Math.PI / 180);
        return [.. s_face.Select(p => (x + c * p.X - s * p.Y, y + s * p.X + c * p.Y))];
    }

    private static void Photograph(ImportRun run, string name, int width, int height, (double X, double Y)[] face)
    {
        using SKBitmap photograph = new(width, height);
        using SKCanvas canvas = new(photograph);
        canvas.Clear(SKColors.Gray);
        SKColor[] colours = [SKColors.Red, SKColors.Lime, SKColors.Blue];
        for (int i = 0; i < colours.Length; i++)
        {
            using SKPaint paint = new() { Color = colours[i] };
            canvas.DrawCircle((float)face[i].X, (float)face[i].Y, 8, paint);
        }

        canvas.Flush();
        run.Source.Write(name, TestPictures.Encode(photograph, SKEncodedImageFormat.Png));
        string points = string.Join(' ', face.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:F3} {p.Y:F3}")));
        run.Source.Write(name + ".cat", Encoding.UTF8.GetBytes($"9 {points} "));
    }

    private static void AssertColour(byte[] pixels, double x, double y, int channel)
    {
        int i = (int)(y * 64) * 64 + (int)(x * 64);
        int[] rgb = [pixels[i], pixels[4096 + i], pixels[8192 + i]];
        Assert.True(rgb[channel] > 230 && rgb.Where((_, c) => c != channel).All(v => v < 40), $"{string.Join(",", rgb)} at {x}, {y}");
    }

    private static void Near((double X, double Y) expected, (double X, double Y) actual)
    {
        Assert.Equal(expected.X, actual.X, 1e-6);
        Assert.Equal(expected.Y, actual.Y, 1e-6);
    }
}
