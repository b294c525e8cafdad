namespace CatGan.Datasets.Drawn;

/// <summary>Rolls the factors of one cat. The order of the rolls is part of the format: append, never reorder.</summary>
internal static class FactorSampler
{
    public static CatFactors Sample(long seed, int index)
    {
        FactorDice dice = FactorDice.For(seed, index);
        FurColour fur = dice.Any<FurColour>();
        CoatPattern pattern = dice.Pick<CoatPattern>(
        [
            (CoatPattern.Solid, 4), (CoatPattern.Tabby, 6), (CoatPattern.Patches, 4),
            (CoatPattern.Mask, 3), (CoatPattern.Tuxedo, 4), (CoatPattern.Spots, 2),
        ]);
        if (pattern == CoatPattern.Mask && fur is not (FurColour.White or FurColour.Cream or FurColour.Silver))
            fur = FurColour.Cream;
        return new CatFactors
        {
            Fur = fur,
            Pattern = pattern,
            SecondFur = Second(ref dice, fur, pattern),
            Eyes = pattern == CoatPattern.Mask ? EyeColour.Blue : dice.Any<EyeColour>(),
            Pupils = dice.Any<PupilShape>(),
            Ears = dice.Pick<EarShape>([(EarShape.Pointed, 5), (EarShape.Wide, 3), (EarShape.Rounded, 3), (EarShape.Folded, 1)]),
            Whiskers = dice.Pick<WhiskerLength>([(WhiskerLength.None, 1), (WhiskerLength.Trimmed, 2), (WhiskerLength.Full, 3)]),
            Backdrop = dice.Any<Backdrop>(),
            BackdropColour = dice.Any<BackdropColour>(),
            Light = dice.Any<LightFrom>(),
            TiltDegrees = dice.Between(-9, 9) + dice.Between(-9, 9),
            HeadWidth = dice.Between(0.88f, 1.12f),
            Zoom = dice.Between(1.02f, 1.25f),
            OffsetX = dice.Between(-0.08f, 0.08f),
            OffsetY = dice.Between(-0.06f, 0.06f),
            EyeSize = dice.Between(0.85f, 1.2f),
            EyeOpening = dice.Between(0.55f, 1),
            Brightness = dice.Between(0.8f, 1.1f),
            Detail = (uint)(dice.Next() >> 32),
        };
    }

    private static FurColour Second(ref FactorDice dice, FurColour fur, CoatPattern pattern)
    {
        FurColour roll = dice.Any<FurColour>();
        if (pattern == CoatPattern.Mask)
            return roll is FurColour.Grey or FurColour.Ginger or FurColour.Brown ? roll : FurColour.Chocolate;
        if (pattern == CoatPattern.Tuxedo)
            return fur == FurColour.White ? FurColour.Grey : FurColour.White;
        bool tooClose = roll == fur || pattern is CoatPattern.Tabby or CoatPattern.Spots;
        return tooClose ? Darker(fur) : roll;
    }

    private static FurColour Darker(FurColour fur) => fur switch
    {
        FurColour.Black => FurColour.Grey,
        FurColour.Grey => FurColour.Black,
        FurColour.Silver => FurColour.Black,
        FurColour.White => FurColour.Ginger,
        FurColour.Cream => FurColour.Ginger,
        FurColour.Ginger => FurColour.Chocolate,
        FurColour.Brown => FurColour.Black,
        _ => FurColour.Black,
    };
}
