using CatGan.Coordinator.App;
using SkiaSharp;

namespace CatGan.Coordinator.Report.Pictures;

/// <summary>Makes small pictures large enough to be looked at: each pixel becomes a square of its colour.</summary>
internal static class Magnifier
{
    /// <summary>Width in pixels that a picture has at least when nobody says how far to magnify.</summary>
    public const int EnoughWidth = 512;

    /// <summary>The furthest that it magnifies.</summary>
    public const int Most = 32;

    private const int WidestResult = 16_384;

    /// <summary>Magnifies a PNG file in place; one that is large enough is left alone, and so is what is no picture.</summary>
    /// <param name="file">The file.</param>
    /// <param name="factor">Side of each pixel; null for what reaches <see cref="EnoughWidth"/>.</param>
    /// <exception cref="UserException">It would become too large.</exception>
    public static void Magnify(string file, int? factor)
    {
        using SKBitmap? small = SKBitmap.Decode(file);
        int times = small is null ? 1 : factor ?? Factor(small.Width);
        if (small is null || times == 1)
            return;
        if (Math.Max(small.Width, small.Height) * times > WidestResult)
        {
            throw new UserException(
                ExitCode.BadInput,
                $"--magnify {times} would make the picture {Math.Max(small.Width, small.Height) * times:N0} pixels wide, but {WidestResult:N0} are the most; {file} is as it was drawn",
                "give a smaller --magnify or fewer pictures");
        }
        using SKBitmap large = new(new SKImageInfo(small.Width * times, small.Height * times, SKColorType.Rgba8888, SKAlphaType.Opaque));
        small.ScalePixels(large, new SKSamplingOptions(SKFilterMode.Nearest));
        using SKData png = large.Encode(SKEncodedImageFormat.Png, 100);
        string part = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            using (FileStream to = new(part, FileMode.CreateNew, FileAccess.Write))
                png.SaveTo(to);
            File.Move(part, file, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>The whole factor that makes a width enough.</summary>
    public static int Factor(int width) => Math.Clamp((EnoughWidth + width - 1) / width, 1, Most);
}
