namespace CatGan.Datasets.Import;

/// <summary>Why a picture was left out.</summary>
public enum SkipReason
{
    /// <summary>The exclude list names it.</summary>
    Excluded,

    /// <summary>The file is empty.</summary>
    Empty,

    /// <summary>It is no JPEG, PNG, WebP, GIF or BMP, whatever its name says.</summary>
    NotAPicture,

    /// <summary>It is cut off, damaged or cannot be read.</summary>
    Damaged,

    /// <summary>The file or its pixels are beyond the bounds that keep memory bounded.</summary>
    TooLarge,

    /// <summary>The square is smaller than the size asked for.</summary>
    TooSmall,

    /// <summary>The CAT layout was asked for and there is no landmark file beside the picture.</summary>
    NoLandmarks,

    /// <summary>The landmark file is not nine points of a face.</summary>
    BadLandmarks,

    /// <summary>More than a quarter of the square lies outside the photograph.</summary>
    OutsidePhotograph,
}
