namespace CatGan.Datasets.Import.Layouts;

/// <summary>Chooses the square of each picture.</summary>
internal interface ISquareLayout
{
    /// <summary>Which layout this is.</summary>
    ImportLayout Kind { get; }

    /// <summary>Whether the rotation that a file asks for (EXIF) is done before the square is chosen.</summary>
    bool Orient { get; }

    /// <summary>The square to keep; called before the pixels are decoded.</summary>
    /// <param name="name">The picture's path in the source.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <exception cref="PictureRefusedException">There is no square that can be used.</exception>
    Square Choose(string name, int width, int height);
}
