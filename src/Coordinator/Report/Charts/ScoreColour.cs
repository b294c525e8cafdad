using System.Globalization;

namespace CatGan.Coordinator.Report.Charts;

/// <summary>
/// Colours for scores: cividis (Nunez et al. 2018), which colour-blind people and grey prints keep in order.
/// Yellow is best.
/// </summary>
internal static class ScoreColour
{
    private static readonly (int R, int G, int B)[] Stops =
    [
        (0, 34, 78), (18, 53, 112), (59, 73, 108), (87, 93, 109), (112, 113, 115), (138, 134, 120), (165, 156, 116), (195, 179, 105), (225, 204, 85), (254, 232, 56),
    ];

    /// <summary>The colour at a place from 0 (worst) to 1 (best).</summary>
    public static string At(double place)
    {
        double at = Math.Clamp(place, 0, 1) * (Stops.Length - 1);
        int low = Math.Min((int)at, Stops.Length - 2);
        double part = at - low;
        return string.Create(CultureInfo.InvariantCulture,
            $"rgb({Mix(Stops[low].R, Stops[low + 1].R)},{Mix(Stops[low].G, Stops[low + 1].G)},{Mix(Stops[low].B, Stops[low + 1].B)})");

        int Mix(int a, int b) => (int)Math.Round(a + (b - a) * part);
    }
}
