namespace CatGan.Datasets.Import;

/// <summary>How pictures become squares.</summary>
public enum ImportLayout
{
    /// <summary><see cref="Cat"/> when there is any landmark file, else <see cref="Pictures"/>.</summary>
    Auto,

    /// <summary>The largest square in the middle of each picture.</summary>
    Pictures,

    /// <summary>
    /// The CAT dataset (Zhang, Sun, Tang, "Cat head detection", ECCV 2008): each <c>X.jpg</c> has nine landmarks
    /// in <c>X.jpg.cat</c>, by which the face is turned upright and cropped.
    /// </summary>
    Cat,
}
