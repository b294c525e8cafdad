using System.Security.Cryptography;
using CatGan.Datasets.Drawn;

namespace CatGan.Datasets.Tests;

public sealed class DrawnCatsTests
{
    /// <summary>Guards the promise of the same bytes on every machine: a change here needs a higher DrawnCats.Version.</summary>
    [Theory]
    [InlineData(16, "41359a5d957d5bb53506d1a7d24698560a6d25f5fa73d7d9e8")]
    [InlineData(32, "ca8dd59e9db4e83c184dcca418a8adcad6ee1f6c61f507ef3b")]
    [InlineData(64, "22f398970198061e8aa7442665d4af2f1a6480c3608982141c")]
    public void Draw_SeedOne_GivesTheKnownPixels(int size, string expected)
    {
        byte[] pixels = new byte[32 * 3 * size * size];
        new DrawnCats(32, 1).DrawMany(0, size, pixels, CancellationToken.None);
        Assert.StartsWith(expected, Convert.ToHexStringLower(SHA256.HashData(pixels)));
    }

    [Fact]
    public void Factors_OtherSeed_GivesOtherCats()
    {
        DrawnCats one = new(100, 1), two = new(100, 2);
        Assert.DoesNotContain(Enumerable.Range(0, 100), i => one.Factors(i) == two.Factors(i));
        Assert.Equal(100, Enumerable.Range(0, 100).Select(one.Factors).Distinct().Count());
    }

    [Fact]
    public void Factors_LargerCount_KeepsTheFirstCats() =>
        Assert.Equal(new DrawnCats(10, 7).Factors(9), new DrawnCats(100_000, 7).Factors(9));

    [Fact]
    public void Factors_ManyCats_CoverEveryValue()
    {
        DrawnCats cats = new(2000, 1);
        CatFactors[] all = [.. Enumerable.Range(0, cats.Count).Select(cats.Factors)];
        Covers(all, f => f.Fur);
        Covers(all, f => f.SecondFur);
        Covers(all, f => f.Pattern);
        Covers(all, f => f.Eyes);
        Covers(all, f => f.Pupils);
        Covers(all, f => f.Ears);
        Covers(all, f => f.Whiskers);
        Covers(all, f => f.Backdrop);
        Covers(all, f => f.BackdropColour);
        Covers(all, f => f.Light);
        Assert.All(all, f => Assert.NotEqual(f.Fur, f.SecondFur));
        Assert.All(all, f => Assert.InRange(f.TiltDegrees, -18, 18));
    }

    [Fact]
    public void Draw_OneFactorChanged_ChangesThePicture()
    {
        CatFactors cat = new DrawnCats(1, 3).Factors(0) with
        {
            Fur = FurColour.Ginger,
            SecondFur = FurColour.White,
            Pattern = CoatPattern.Tabby,
            Eyes = EyeColour.Green,
            Pupils = PupilShape.Slit,
            Ears = EarShape.Pointed,
            Whiskers = WhiskerLength.None,
            Backdrop = Backdrop.Plain,
            BackdropColour = BackdropColour.Sky,
            Light = LightFrom.Above,
            TiltDegrees = 0,
        };
        byte[] drawn = Draw(cat);
        CatFactors[] others =
        [
            cat with { Fur = FurColour.Black }, cat with { SecondFur = FurColour.Chocolate }, cat with { Pattern = CoatPattern.Solid },
            cat with { Eyes = EyeColour.Blue }, cat with { Pupils = PupilShape.Round }, cat with { Ears = EarShape.Folded },
            cat with { Whiskers = WhiskerLength.Full }, cat with { Backdrop = Backdrop.Glow }, cat with { BackdropColour = BackdropColour.Night },
            cat with { Light = LightFrom.Left }, cat with { TiltDegrees = 5 }, cat with { HeadWidth = cat.HeadWidth + 0.1f },
            cat with { Zoom = cat.Zoom + 0.1f }, cat with { OffsetX = cat.OffsetX + 0.05f }, cat with { OffsetY = cat.OffsetY + 0.05f },
            cat with { EyeSize = cat.EyeSize + 0.1f }, cat with { EyeOpening = cat.EyeOpening / 2 }, cat with { Brightness = 0.5f },
            cat with { Detail = cat.Detail + 1 },
        ];
        Assert.All(others, other => Assert.False(drawn.AsSpan().SequenceEqual(Draw(other)), $"no difference: {other}"));
    }

    [Fact]
    public void Draw_LargeShrunk_LooksLikeTheSmallOne()
    {
        DrawnCats cats = new(4, 1);
        for (int i = 0; i < cats.Count; i++)
        {
            byte[] small = new byte[3 * 32 * 32], large = new byte[3 * 128 * 128];
            cats.Draw(i, 32, small);
            cats.Draw(i, 128, large);
            Assert.InRange(MeanDifference(small, large), 0, 6);
        }
    }

    /// <summary>Mean difference of the small picture's pixels and the means of 4 x 4 pixels of the large one.</summary>
    private static double MeanDifference(byte[] small, byte[] large)
    {
        double sum = 0;
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < 32 * 32; i++)
            {
                int corner = c * 128 * 128 + i / 32 * 4 * 128 + i % 32 * 4;
                double mean = Enumerable.Range(0, 16).Average(k => large[corner + k / 4 * 128 + k % 4]);
                sum += Math.Abs(mean - small[c * 32 * 32 + i]);
            }
        }

        return sum / small.Length;
    }

    private static byte[] Draw(CatFactors cat)
    {
        byte[] pixels = new byte[3 * 64 * 64];
        DrawnCats.Draw(cat, 64, pixels);
        return pixels;
    }

    private static void Covers<T>(CatFactors[] cats, Func<CatFactors, T> factor)
        where T : struct, Enum =>
        Assert.Equal(Enum.GetValues<T>().Length, cats.Select(factor).Distinct().Count());
}
