using CatGan.Coordinator.Report;

namespace CatGan.Coordinator.Tests.Report;

public sealed class WordsTests
{
    [Theory]
    [InlineData(16.4321, "16.4")]
    [InlineData(0.05123, "0.0512")]
    [InlineData(1234.4, "1234")]
    [InlineData(0, "0.000")]
    [InlineData(-2.5, "-2.50")]
    [InlineData(double.NaN, "not a number")]
    public void Score_Value_HasThreeDigits(double value, string expected) => Assert.Equal(expected, Words.Score(value));

    [Theory]
    [InlineData(999, "999")]
    [InlineData(200_000, "200k")]
    [InlineData(1_500, "1.5k")]
    [InlineData(999_600, "1M")]
    [InlineData(0.2, "0.2")]
    public void Count_Value_IsShort(double value, string expected) => Assert.Equal(expected, Words.Count(value));

    [Theory]
    [InlineData(2e-4, "2e-4")]
    [InlineData(1.5e-5, "1.5e-5")]
    [InlineData(0.01, "0.01")]
    [InlineData(0, "0")]
    public void Rate_Value_IsAPowerOfTen(double value, string expected) => Assert.Equal(expected, Words.Rate(value));

    [Theory]
    [InlineData(16.43, 0.5051, "16.4 ± 0.5")]
    [InlineData(1.234, 0.0456, "1.23 ± 0.05")]
    [InlineData(120.4, 3.3, "120 ± 3")]
    public void Spread_MeanAndSpread_ShareTheirDecimals(double mean, double spread, string expected) => Assert.Equal(expected, Words.Spread(mean, spread));

    [Theory]
    [InlineData(4.25, "4.3 s")]
    [InlineData(59.6, "60 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 5 min")]
    public void Duration_Seconds_HasTwoUnits(double seconds, string expected) => Assert.Equal(expected, Words.Duration(seconds));
}
