using System.Globalization;
using System.Text;

namespace CatGan.Datasets.Import.Layouts;

/// <summary>
/// The points of a face that the CAT layout needs, in pixels of the photograph. Left and right are the picture's
/// when the face is upright.
/// </summary>
internal sealed record Landmarks(
    (double X, double Y) LeftEye,
    (double X, double Y) RightEye,
    (double X, double Y) Mouth,
    (double X, double Y) LeftEarOuter,
    (double X, double Y) RightEarOuter)
{
    /// <summary>Most bytes of a landmark file.</summary>
    public const int MaxFileBytes = 4096;

    private const double MaxCoordinate = 1e6;

    /// <summary>
    /// Reads <c>9 x1 y1 … x9 y9</c>: left eye, right eye, mouth, left ear (outer base, tip, inner base), right ear
    /// (inner base, tip, outer base).
    /// </summary>
    /// <exception cref="PictureRefusedException">The text is not that.</exception>
    public static Landmarks Parse(ReadOnlySpan<byte> text)
    {
        string[] words = Encoding.UTF8.GetString(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        double[] numbers = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !(Math.Abs(numbers[i]) <= MaxCoordinate))
                throw Bad($"its word {i + 1} is no coordinate");
        }

        if (numbers.Length == 0 || numbers[0] != 9 || numbers.Length < 19)
            throw Bad($"it has {Math.Max(0, numbers.Length - 1) / 2} points, but must have 9");
        return new Landmarks(Point(0), Point(1), Point(2), Point(3), Point(8));

        (double X, double Y) Point(int i) => (numbers[1 + 2 * i], numbers[2 + 2 * i]);
    }

    private static PictureRefusedException Bad(string what) => new(SkipReason.BadLandmarks, $"the landmark file is damaged: {what}");
}
