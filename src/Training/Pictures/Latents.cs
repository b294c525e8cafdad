using CatGan.Training.Metrics;
using static TorchSharp.torch;

namespace CatGan.Training.Pictures;

/// <summary>Points of z for pictures that a person asks for; the same seed gives the same points everywhere.</summary>
internal static class Latents
{
    /// <summary>Independent points from the standard normal distribution: [count, length, 1, 1].</summary>
    public static Tensor Independent(int count, int length, long seed) => ToTensor(Draw(count, length, seed));

    /// <summary>
    /// Walks along each row from one random point to another. Points of a normal distribution in many dimensions
    /// lie near a sphere, so the walk goes along it rather than through its middle (White 2016, arXiv:1609.04468).
    /// </summary>
    /// <param name="count">Points in all.</param>
    /// <param name="columns">Points of a row, both ends counted.</param>
    /// <param name="length">Numbers of a point.</param>
    /// <param name="seed">Decides the ends.</param>
    /// <returns>[count, length, 1, 1], row by row.</returns>
    public static Tensor Walks(int count, int columns, int length, long seed)
    {
        var rows = (count + columns - 1) / columns;
        var ends = Draw(2 * rows, length, seed);
        var points = Enumerable.Range(0, count).Select(i =>
        {
            var row = i / columns;
            var share = columns == 1 ? 0 : i % columns / (double)(columns - 1);
            return Between(ends[2 * row], ends[(2 * row) + 1], share);
        });
        return ToTensor([.. points]);
    }

    // Directions by the great circle, lengths linearly.
    private static double[] Between(double[] from, double[] to, double share)
    {
        var (fromLength, toLength) = (Length(from), Length(to));
        var cosine = from.Zip(to, (a, b) => a * b).Sum() / (fromLength * toLength);
        var angle = Math.Acos(Math.Clamp(cosine, -1, 1));
        var sine = Math.Sin(angle);
        var length = fromLength + (share * (toLength - fromLength));
        // Where the ends lie on one line there is no one great circle: the straight way will do.
        var (first, second) = sine < 1e-6 ? (1 - share, share) : (Math.Sin((1 - share) * angle) / sine, Math.Sin(share * angle) / sine);
        return [.. from.Zip(to, (a, b) => length * ((first * a / fromLength) + (second * b / toLength)))];
    }

    private static double Length(double[] point) => Math.Sqrt(point.Sum(x => x * x));

    private static double[][] Draw(int count, int length, long seed)
    {
        var chance = SeededChance.Of(seed);
        var points = new double[count][];
        for (var i = 0; i < count; i++)
        {
            points[i] = new double[length];
            for (var k = 0; k < length; k++)
            {
                points[i][k] = chance.Normal();
            }
        }

        return points;
    }

    private static Tensor ToTensor(double[][] points)
    {
        float[] values = [.. points.SelectMany(point => point).Select(x => (float)x)];
        return tensor(values).view(points.Length, -1, 1, 1);
    }
}
