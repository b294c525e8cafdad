using CatGan.Training.Metrics;
using static TorchSharp.torch;

namespace CatGan.Training.Tests.Metrics;

public sealed class SlicedWassersteinTests
{
    private const int Pictures = 100, Size = 32, Each = 16;

    [Fact]
    public void Measure_InTrainingsPrecision_AgreesWithTheDefinitionInFloat64()
    {
        using var scope = NewDisposeScope();
        var (reals, fakes) = (Noise(1, 256), Noise(2, 128));
        using var side = new SlicedWasserstein().Prepare(reals, Noise(3, 256), Each);

        var score = side.Measure(fakes, SeededChance.Of(9));

        var levels = LaplacianPyramid.LevelsOf(Size);
        var directions = Swd.RandomDirections(SeededChance.Of(SlicedWasserstein.DirectionsSeed), ScalarType.Float32, CPU).to_type(ScalarType.Float64);
        var (realChance, fakeChance) = (SeededChance.Of(SlicedWasserstein.RealSeed), SeededChance.Of(9));
        for (var level = 0; level < levels; level++)
        {
            var expected = Swd.Distance(Exact(reals, level, levels, realChance), Exact(fakes, level, levels, fakeChance), directions);
            Assert.Equal(1, score.Parts[level] / expected, 2e-4);
        }

        Assert.Equal(score.Parts.Average(), score.Value, 1e-9);
        Assert.Equal((Pictures, Each), (score.Pictures, score.Patches));
    }

    [Fact]
    public void Measure_FakesOfOneTone_IsFiniteAndFarAboveTheFloor()
    {
        using var scope = NewDisposeScope();
        using var side = new SlicedWasserstein().Prepare(Noise(1, 256), Noise(3, 256), Each);

        var score = side.Measure(full([Pictures, 3, Size, Size], 77, ScalarType.Byte), SeededChance.Of(9));

        Assert.InRange(score.Value, 10 * score.Floor, 1e4);
    }

    private static Tensor Noise(ulong seed, int values) =>
        randint(0, values, [Pictures, 3, Size, Size], dtype: ScalarType.Byte, generator: new Generator(seed));

    private static Tensor Exact(Tensor pictures, int level, int levels, SeededChance chance)
    {
        using var pyramid = new LaplacianPyramid(Size, levels, ScalarType.Float64, CPU);
        var centres = PatchDescriptors.RandomCentres(Pictures, Each, Size >> level, chance, CPU);
        var patches = PatchDescriptors.Cut(pyramid.Level(pictures.to_type(ScalarType.Float64), level), centres);
        PatchDescriptors.Normalise(patches);
        return patches;
    }
}
