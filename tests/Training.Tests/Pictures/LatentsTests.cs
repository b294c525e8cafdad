using CatGan.Training.Pictures;

namespace CatGan.Training.Tests.Pictures;

public sealed class LatentsTests
{
    [Fact]
    public void Independent_SameSeed_IsTheSameWhateverTheCount()
    {
        using var few = Latents.Independent(3, 100, 5);
        using var many = Latents.Independent(50, 100, 5);
        using var others = Latents.Independent(3, 100, 6);

        Assert.Equal([3, 100, 1, 1], few.shape);
        var drawn = many.data<float>().ToArray();
        Assert.Equal(few.data<float>().ToArray(), drawn[..300]);
        Assert.NotEqual(few.data<float>().ToArray(), others.data<float>().ToArray());
        Assert.InRange(drawn.Average(), -0.06, 0.06);
        Assert.InRange(Math.Sqrt(drawn.Average(x => x * x)), 0.95, 1.05);
    }

    [Fact]
    public void Walks_AlongARow_GoInEvenStepsAlongTheSphere()
    {
        const int Columns = 8, Length = 100;
        using var points = Latents.Walks(12, Columns, Length, 5);
        var rows = points.data<float>().ToArray().Chunk(Length).ToArray();

        Assert.Equal(12, rows.Length);
        var angles = Enumerable.Range(0, Columns - 1).Select(i => Angle(rows[i], rows[i + 1])).ToArray();
        Assert.All(angles, angle => Assert.Equal(angles[0], angle, 1e-3));
        Assert.Equal(Angle(rows[0], rows[Columns - 1]), angles.Sum(), 1e-3);
        Assert.InRange(Norm(rows[4]), Math.Min(Norm(rows[0]), Norm(rows[7])), Math.Max(Norm(rows[0]), Norm(rows[7])));
        Assert.True(Angle(rows[7], rows[8]) > 3 * angles[0]); // a new walk begins
    }

    private static double Norm(float[] a) => Math.Sqrt(a.Sum(x => (double)x * x));

    private static double Angle(float[] a, float[] b) => Math.Acos(a.Zip(b, (x, y) => (double)x * y).Sum() / (Norm(a) * Norm(b)));
}
