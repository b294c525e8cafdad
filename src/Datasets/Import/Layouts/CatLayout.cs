using CatGan.Datasets.Import.Sources;

namespace CatGan.Datasets.Import.Layouts;

/// <summary>
/// Faces of the CAT dataset, turned so that the eyes are level and the mouth is below them. The square is as wide
/// as the outer ear bases are apart, with the middle of the eyes at (0.5, 0.4) of it.
/// </summary>
internal sealed class CatLayout : ISquareLayout
{
    /// <summary>Ending of landmark files, after the picture's own.</summary>
    public const string Suffix = ".cat";

    private const double EyesAcross = 0.5;
    private const double EyesDown = 0.4;
    private const double MaxOutside = 0.25;
    private readonly IPictureSource _source;
    private readonly int _size;
    private readonly Dictionary<string, SourceFile> _landmarks;

    public CatLayout(IPictureSource source, int size)
    {
        (_source, _size) = (source, size);
        _landmarks = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
        foreach (SourceFile file in source.Files.Where(f => f.Name.EndsWith(Suffix, StringComparison.Ordinal)))
            _landmarks[file.Name] = file;
    }

    public ImportLayout Kind => ImportLayout.Cat;

    /// <summary>Landmarks were set on the stored pixels.</summary>
    public bool Orient => false;

    public Square Choose(string name, int width, int height)
    {
        if (!_landmarks.TryGetValue(name + Suffix, out SourceFile? file))
            throw new PictureRefusedException(SkipReason.NoLandmarks, $"there is no {name}{Suffix} beside it");
        if (file.Length > Landmarks.MaxFileBytes)
            throw new PictureRefusedException(SkipReason.BadLandmarks, $"the landmark file has {file.Length} bytes, but must have at most {Landmarks.MaxFileBytes}");
        byte[] text = new byte[file.Length];
        Square square = Upright(Landmarks.Parse(text.AsSpan(0, _source.Read(file, text))));
        if (square.Side < _size)
            throw new PictureRefusedException(SkipReason.TooSmall, $"the face is {square.Side:F1} pixels wide, but must be at least {_size}");
        double outside = SquareOverlap.Outside(square, width, height);
        return outside <= MaxOutside
            ? square
            : throw new PictureRefusedException(SkipReason.OutsidePhotograph, $"{outside:P0} of the face's square is outside of the photograph, but at most {MaxOutside:P0} may be");
    }

    /// <summary>The square of a face; both signs of the rotation are fixed by where the mouth is.</summary>
    internal static Square Upright(Landmarks face)
    {
        double dx = face.RightEye.X - face.LeftEye.X, dy = face.RightEye.Y - face.LeftEye.Y;
        double apart = Math.Sqrt(dx * dx + dy * dy);
        if (apart < 1)
            throw new PictureRefusedException(SkipReason.BadLandmarks, "the eyes are in one place");
        double ax = dx / apart, ay = dy / apart;
        double eyesX = (face.LeftEye.X + face.RightEye.X) / 2, eyesY = (face.LeftEye.Y + face.RightEye.Y) / 2;
        double mouthDown = (face.Mouth.Y - eyesY) * ax - (face.Mouth.X - eyesX) * ay;
        if (mouthDown < 0)
            (ax, ay) = (-ax, -ay);
        double side = Math.Abs((face.RightEarOuter.X - face.LeftEarOuter.X) * ax + (face.RightEarOuter.Y - face.LeftEarOuter.Y) * ay);
        double left = EyesAcross * side, up = EyesDown * side;
        return new Square(eyesX - left * ax + up * ay, eyesY - left * ay - up * ax, side, ax, ay);
    }
}
