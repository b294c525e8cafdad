using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Pages.Data;

namespace CatGan.Pages.Tests;

public class ImportanceTests
{
    [Fact]
    public void Explained_OfTwoGroupsThatDoNotMix_IsWhatIsWorkedOutByHand()
    {
        // Values 1 2 3 | 4 5 6, ranks the same: sums 6 and 15.
        // H = 12 / (6 * 7) * (36 / 3 + 225 / 3) - 3 * 7 = 12 / 42 * 87 - 21 = 24.857 - 21 = 3.857
        // (H - k + 1) / (n - k) = 2.857 / 4 = 0.714
        Assert.Equal(0.714, RankTest.Explained([1, 2, 3, 40, 50, 600], [0, 0, 0, 1, 1, 1])!.Value, 3);
    }

    [Fact]
    public void Explained_OfEqualValuesInBothGroups_IsNothing()
    {
        // Ranks 1.5 1.5 3.5 3.5, sums 5 and 5: H = 12 / 20 * (12.5 + 12.5) - 15 = 0, less than chance explains.
        Assert.Equal(0, RankTest.Explained([1, 2, 1, 2], [0, 0, 1, 1]));
    }

    [Fact]
    public void Explained_WithTies_IsCorrectedForThem()
    {
        // 1 1 | 2 2: ranks 1.5 1.5 3.5 3.5, sums 3 and 7: 12 / 20 * (4.5 + 24.5) - 15 = 2.4;
        // ties 2 * (8 - 2) = 12, 1 - 12 / (64 - 4) = 0.8, H = 3; (3 - 1) / (4 - 2) = 1: all of it.
        Assert.Equal(1, RankTest.Explained([1, 1, 2, 2], [0, 0, 1, 1])!.Value, 9);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new[] { 0, 0, 0 })]
    [InlineData(new double[] { 1, 2 }, new[] { 0, 1 })]
    [InlineData(new double[] { 7, 7, 7, 7 }, new[] { 0, 0, 1, 1 })]
    public void Explained_WithNothingToCompare_IsUnknown(double[] values, int[] groups) => Assert.Null(RankTest.Explained(values, groups));

    [Fact]
    public void Correlation_OfRisingFallingAndFlat_IsOneMinusOneAndUnknown()
    {
        Assert.Equal(1, RankTest.Correlation([1, 2, 3], [10, 200, 3000])!.Value, 9);
        Assert.Equal(-1, RankTest.Correlation([1, 2, 3], [9, 8, double.NegativeInfinity])!.Value, 9);
        Assert.Null(RankTest.Correlation([1, 2, 3], [5, 5, 5]));
    }

    [Fact]
    public void Importance_OfARateThatDecidesAndOneThatDoesNot_TellsThemApart()
    {
        // The larger lr_d diverges; lr_g changes nothing.
        ExperimentRecord[] experiments =
        [
            .. Enumerable.Range(0, 12).Select(i => new ExperimentRecord
            {
                Number = i + 1,
                Configuration = i,
                Settings = ImmutableSortedDictionary<string, string>.Empty.Add("lr_d", i < 6 ? "1e-4" : "1e-2").Add("lr_g", i % 2 == 0 ? "1e-4" : "2e-4"),
                Outcome = i < 6 ? Outcome.Completed : Outcome.Diverged,
                Best = i < 6 ? new ScoreAt(new Score(20 + i % 3, 7, 0, 1, 1), 1000) : null,
            }),
        ];
        IReadOnlyList<Importance> found = Importance.Of(["lr_g", "lr_d"], experiments, minimize: true);
        Assert.Equal("lr_d", found[0].Parameter);
        Assert.True(found[0].Share > 0.8, $"{found[0].Share}");
        Assert.True(found[0].Direction < -0.8, "less is better");
        Assert.Equal(("1e-4", 6, 20.0), (found[0].Groups[0].Value, found[0].Groups[0].Experiments, found[0].Groups[0].Best));
        Assert.Null(found[0].Groups[1].Best);
        Assert.True(found[1].Share < 0.1, $"{found[1].Share}");
    }
}
