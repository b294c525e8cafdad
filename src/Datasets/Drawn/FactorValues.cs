namespace CatGan.Datasets.Drawn;

/// <summary>Colours a coat is made of.</summary>
public enum FurColour
{
    /// <summary>Nearly black.</summary>
    Black,

    /// <summary>Slate, called blue by breeders.</summary>
    Grey,

    /// <summary>Light, cool grey.</summary>
    Silver,

    /// <summary>White.</summary>
    White,

    /// <summary>Pale yellow.</summary>
    Cream,

    /// <summary>Orange.</summary>
    Ginger,

    /// <summary>Mid brown.</summary>
    Brown,

    /// <summary>Dark brown.</summary>
    Chocolate,
}

/// <summary>How a coat's two colours are laid out.</summary>
public enum CoatPattern
{
    /// <summary>One colour.</summary>
    Solid,

    /// <summary>Stripes on forehead and cheeks.</summary>
    Tabby,

    /// <summary>Large irregular patches.</summary>
    Patches,

    /// <summary>The face and ears in the second colour, as a Siamese has it.</summary>
    Mask,

    /// <summary>Muzzle, blaze and chest in the second colour.</summary>
    Tuxedo,

    /// <summary>Small round spots.</summary>
    Spots,
}

/// <summary>Colours of irises.</summary>
public enum EyeColour
{
    /// <summary>Green.</summary>
    Green,

    /// <summary>Yellow.</summary>
    Yellow,

    /// <summary>Orange brown.</summary>
    Copper,

    /// <summary>Blue.</summary>
    Blue,

    /// <summary>Blue green.</summary>
    Teal,
}

/// <summary>Widths of pupils.</summary>
public enum PupilShape
{
    /// <summary>A thin upright slit, as in bright light.</summary>
    Slit,

    /// <summary>An upright ellipse.</summary>
    Oval,

    /// <summary>Wide and round, as at dusk.</summary>
    Round,
}

/// <summary>Shapes of ears.</summary>
public enum EarShape
{
    /// <summary>Upright triangles.</summary>
    Pointed,

    /// <summary>Large and set wide.</summary>
    Wide,

    /// <summary>Short with round tips.</summary>
    Rounded,

    /// <summary>Bent down.</summary>
    Folded,
}

/// <summary>Lengths of whiskers.</summary>
public enum WhiskerLength
{
    /// <summary>None to be seen.</summary>
    None,

    /// <summary>Not past the cheeks.</summary>
    Trimmed,

    /// <summary>Far past the cheeks.</summary>
    Full,
}

/// <summary>Kinds of backdrop.</summary>
public enum Backdrop
{
    /// <summary>One colour.</summary>
    Plain,

    /// <summary>From light at the top to dark at the bottom.</summary>
    Gradient,

    /// <summary>A glow behind the head.</summary>
    Glow,

    /// <summary>A wall above a floor.</summary>
    Floor,

    /// <summary>Lights out of focus.</summary>
    Bokeh,
}

/// <summary>Main colours of backdrops.</summary>
public enum BackdropColour
{
    /// <summary>Sky blue.</summary>
    Sky,

    /// <summary>Leaf green.</summary>
    Leaf,

    /// <summary>Dusty rose.</summary>
    Rose,

    /// <summary>Sand.</summary>
    Sand,

    /// <summary>Violet.</summary>
    Violet,

    /// <summary>Light grey.</summary>
    Fog,

    /// <summary>Dark blue.</summary>
    Night,
}

/// <summary>Directions of light.</summary>
public enum LightFrom
{
    /// <summary>From above.</summary>
    Above,

    /// <summary>From the left side of the picture.</summary>
    Left,

    /// <summary>From the right side of the picture.</summary>
    Right,
}
