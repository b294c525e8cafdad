using System.Numerics;

namespace CatGan.Datasets.Drawn;

/// <summary>The colours behind the names, sRGB in 0..1.</summary>
internal static class Palette
{
    public static readonly Vector3 White = new(1, 1, 1);
    public static readonly Vector3 Ink = Rgb(0x1c1614);

    public static Vector3 Of(FurColour colour) => colour switch
    {
        FurColour.Black => Rgb(0x2b2729),
        FurColour.Grey => Rgb(0x6d7480),
        FurColour.Silver => Rgb(0xb9bcc2),
        FurColour.White => Rgb(0xf4f1ec),
        FurColour.Cream => Rgb(0xe9d3ae),
        FurColour.Ginger => Rgb(0xdb8a3e),
        FurColour.Brown => Rgb(0x94694a),
        _ => Rgb(0x56382a),
    };

    public static Vector3 Of(EyeColour colour) => colour switch
    {
        EyeColour.Green => Rgb(0x86b84a),
        EyeColour.Yellow => Rgb(0xe6c63f),
        EyeColour.Copper => Rgb(0xc9742b),
        EyeColour.Blue => Rgb(0x5aa9e2),
        _ => Rgb(0x4fb5a3),
    };

    public static Vector3 Of(BackdropColour colour) => colour switch
    {
        BackdropColour.Sky => Rgb(0x8fc4e8),
        BackdropColour.Leaf => Rgb(0x7fa86b),
        BackdropColour.Rose => Rgb(0xd79aa0),
        BackdropColour.Sand => Rgb(0xd8bf96),
        BackdropColour.Violet => Rgb(0x8d7bb3),
        BackdropColour.Fog => Rgb(0xc4c8cc),
        _ => Rgb(0x2f3b57),
    };

    public static Vector3 Nose(FurColour fur) => fur switch
    {
        FurColour.Black or FurColour.Grey => Rgb(0x4a3a3c),
        FurColour.Chocolate or FurColour.Brown => Rgb(0x7a4a42),
        _ => Rgb(0xd98a8a),
    };

    private static Vector3 Rgb(int hex) => new Vector3((hex >> 16) & 255, (hex >> 8) & 255, hex & 255) * (1f / 255);
}
