using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using CatGan.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Tests.Metrics;

public sealed class EvaluatorTests
{
    private static readonly ScoreSize Size = new(64, 16);

    [Fact]
    public void Score_RealPicturesAsFakes_IsAtTheFloor()
    {
        using var cats = Cats.Draw(256, 32);
        using var evaluator = new Evaluator(cats, CPU);

        var scores = evaluator.Score(Reals(cats), Size, 1);

        Assert.InRange(scores["swd"].Value, 0.7 * scores["swd"].Floor, 1.3 * scores["swd"].Floor);
        Assert.InRange(scores["ms_ssim"].Value, scores["ms_ssim"].Floor - 0.1, scores["ms_ssim"].Floor + 0.1);
        Assert.Equal((64, 16), (scores["swd"].Pictures, scores["swd"].Patches));
        Assert.Equal((32, 0), (scores["ms_ssim"].Pictures, scores["ms_ssim"].Patches));
    }

    [Fact]
    public void Score_BlurredNoisyAndCollapsedFakes_EachMetricSeesItsFault()
    {
        using var cats = Cats.Draw(256, 32);
        using var evaluator = new Evaluator(cats, CPU);

        var good = evaluator.Score(Reals(cats), Size, 1);
        var noisy = evaluator.Score(count => Noise(count, 1), Size, 1);
        var collapsed = evaluator.Score(count => Reals(cats)(1).expand(count, 3, 32, 32), Size, 1);

        Assert.True(noisy["swd"].Value > 2 * good["swd"].Value);
        Assert.True(collapsed["swd"].Value > 1.3 * good["swd"].Value);
        Assert.Equal(1, collapsed["ms_ssim"].Value, 1e-4);
    }

    [Fact]
    public void Score_SameSeedAndPictures_IsTheSameAndAnotherSeedIsNear()
    {
        using var cats = Cats.Draw(256, 32);
        using var evaluator = new Evaluator(cats, CPU);
        using var another = new Evaluator(cats, CPU);

        var once = evaluator.Score(count => Noise(count, 1), Size, 1)["swd"];
        var again = another.Score(count => Noise(count, 1), Size, 1)["swd"];
        var other = another.Score(count => Noise(count, 1), Size, 2)["swd"];

        Assert.Equal(once.Value, again.Value);
        Assert.Equal(once.Floor, again.Floor);
        Assert.NotEqual(once.Value, other.Value);
        Assert.Equal(1, other.Value / once.Value, 0.05);
    }

    [Fact]
    public void Score_MorePicturesThanHalfTheSet_IsCappedAndSaysSo()
    {
        using var cats = Cats.Draw(41, 16);
        using var evaluator = new Evaluator(cats, CPU);

        var scores = evaluator.Score(count => Noise(count, 1, 16), new ScoreSize(2048, 8), 1);

        Assert.Equal(20, scores["swd"].Pictures);
        Assert.Equal(10, scores["ms_ssim"].Pictures);
        Assert.Single(scores["swd"].Parts);
    }

    [Fact]
    public void Score_FewerThanFourPictures_HasNoScores()
    {
        using var cats = Cats.Draw(3, 16);
        using var evaluator = new Evaluator(cats, CPU);

        Assert.Empty(evaluator.Score(count => Noise(count, 1, 16), Size, 1));
    }

    [Fact]
    public void Score_FakesThatAreNotFinite_AreNotFiniteScores()
    {
        using var cats = Cats.Draw(64, 16);
        using var evaluator = new Evaluator(cats, CPU);

        var scores = evaluator.Score(count => full(count, 3, 16, 16, float.NaN), Size, 1);

        Assert.All(scores.Values, score => Assert.True(double.IsNaN(score.Value)));
    }

    [Fact]
    public void Score_ManyTimes_LeavesNoTensorBehind()
    {
        using var cats = Cats.Draw(64, 16);
        using var evaluator = new Evaluator(cats, CPU);
        Tensor Fakes(int count) => Noise(count, 1, 16);
        evaluator.Score(Fakes, Size, 1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        evaluator.Score(Fakes, Size, 2);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // Pictures of the whole set in turn, as a perfect generator would make them.
    private static Func<int, Tensor> Reals(PictureSet cats)
    {
        var next = 0;
        return count =>
        {
            var length = 3 * cats.Size * cats.Size;
            var pictures = empty([count, 3, cats.Size, cats.Size], ScalarType.Byte);
            for (var i = 0; i < count; i++)
            {
                cats.Read(next++ % cats.Count, pictures.bytes.Slice(i * length, length));
            }

            return pictures.to_type(ScalarType.Float32) / 127.5 - 1;
        };
    }

    private static Tensor Noise(int count, ulong seed, int size = 32) =>
        (rand([count, 3, size, size], generator: new Generator(seed)) * 2) - 1;
}
