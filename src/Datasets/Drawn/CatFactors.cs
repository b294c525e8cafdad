namespace CatGan.Datasets.Drawn;

/// <summary>
/// What one drawn cat is made of. The same seed and index give the same factors on every machine and at every
/// size; lengths are in units of half the picture's side.
/// </summary>
public sealed record CatFactors
{
    /// <summary>Colour of the coat.</summary>
    public required FurColour Fur { get; init; }

    /// <summary>Colour of the stripes, patches, spots, mask or bib; never the same as <see cref="Fur"/>.</summary>
    public required FurColour SecondFur { get; init; }

    /// <summary>How the two colours share the coat.</summary>
    public required CoatPattern Pattern { get; init; }

    /// <summary>Colour of the irises.</summary>
    public required EyeColour Eyes { get; init; }

    /// <summary>Width of the pupils.</summary>
    public required PupilShape Pupils { get; init; }

    /// <summary>Shape of the ears.</summary>
    public required EarShape Ears { get; init; }

    /// <summary>Length of the whiskers.</summary>
    public required WhiskerLength Whiskers { get; init; }

    /// <summary>What is behind the cat.</summary>
    public required Backdrop Backdrop { get; init; }

    /// <summary>Main colour of the backdrop.</summary>
    public required BackdropColour BackdropColour { get; init; }

    /// <summary>Where the light comes from.</summary>
    public required LightFrom Light { get; init; }

    /// <summary>Rotation of the head, clockwise, in degrees from -18 to 18.</summary>
    public required float TiltDegrees { get; init; }

    /// <summary>Width of the head against its height, 0.88 to 1.12.</summary>
    public required float HeadWidth { get; init; }

    /// <summary>Size of the head in the picture, 1.02 to 1.25.</summary>
    public required float Zoom { get; init; }

    /// <summary>How far right of the middle the head is, -0.08 to 0.08.</summary>
    public required float OffsetX { get; init; }

    /// <summary>How far below the middle the head is, -0.06 to 0.06.</summary>
    public required float OffsetY { get; init; }

    /// <summary>Size of the eyes, 0.85 to 1.2.</summary>
    public required float EyeSize { get; init; }

    /// <summary>How far the lids are open, 0.55 to 1.</summary>
    public required float EyeOpening { get; init; }

    /// <summary>Brightness of the whole picture, 0.8 to 1.1.</summary>
    public required float Brightness { get; init; }

    /// <summary>Seed of what has no name: the places of patches, spots and fur, and small shifts of colour.</summary>
    public required uint Detail { get; init; }
}
