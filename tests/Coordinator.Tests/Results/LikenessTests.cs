using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Tests.Results;

public class LikenessTests
{
    // Of docs/results.md, and what the eye says of the pictures there.
    [Theory]
    [InlineData(22.0, 7.57, 2048, nameof(Likeness.Cats))]
    [InlineData(23.6, 7.57, 2048, nameof(Likeness.Cats))]
    [InlineData(33.3, 7.57, 2048, nameof(Likeness.Rough))]
    [InlineData(39.8, 7.57, 2048, nameof(Likeness.Rough))]
    [InlineData(38.4, 10.4, 1024, nameof(Likeness.Rough))]
    [InlineData(53.0, 10.4, 1024, nameof(Likeness.NotYet))]
    [InlineData(91.7, 10.4, 1024, nameof(Likeness.NotYet))]
    public void Judge_MeasuredSweeps_SaysWhatTheEyeSays(double value, double floor, int pictures, string expected) =>
        Assert.Equal(expected, $"{Likenesses.Judge(new Score(value, floor, 0, pictures, 64))}");

    // The quick and the full score of the same generators at the end of the sweep of real faces.
    [Theory]
    [InlineData(33.3, 22.3)]
    [InlineData(35.1, 25.4)]
    [InlineData(50.6, 39.8)]
    [InlineData(34.1, 23.6)]
    public void TimesFullFloor_QuickAndFullScoreOfOneGenerator_AreNearToEachOther(double quick, double full)
    {
        double few = Likenesses.TimesFullFloor(new Score(quick, 25.7, 0, 256, 32))!.Value, many = Likenesses.TimesFullFloor(new Score(full, 7.57, 0, 2048, 64))!.Value;
        Assert.Equal(full / 7.57, many, 6);
        Assert.InRange(few / many, 1 / 1.35, 1.35);
    }

    [Theory]
    [InlineData(double.NaN, 7.6, 2048)]
    [InlineData(20, double.NaN, 2048)]
    [InlineData(20, 0, 2048)]
    [InlineData(20, 7.6, 0)]
    public void Judge_NothingToTellBy_IsUnknown(double value, double floor, int pictures) =>
        Assert.Equal(Likeness.Unknown, Likenesses.Judge(new Score(value, floor, 0, pictures, 64)));

    [Fact]
    public void Judge_BetterThanTheFloor_IsCats() => Assert.Equal(Likeness.Cats, Likenesses.Judge(new Score(5, 7.6, 0, 2048, 64)));
}
