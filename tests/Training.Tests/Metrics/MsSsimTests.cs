using CatGan.Training.Metrics;
using static TorchSharp.torch;

namespace CatGan.Training.Tests.Metrics;

public sealed class MsSsimTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(128)]
    public void Similarities_SamePictureNoisierAndOther_FallInThatOrder(int size)
    {
        using var scope = NewDisposeScope();
        using var measure = new MsSsim(size, ScalarType.Float32, CPU);
        var chance = new Generator(1);
        var picture = randint(0, 256, [1, 3, size, size], generator: chance).to_type(ScalarType.Float32);
        var noisy = (picture + (20 * randn([1, 3, size, size], generator: chance))).clamp(0, 255);
        var other = randint(0, 256, [1, 3, size, size], generator: chance).to_type(ScalarType.Float32);

        var similarities = measure.Similarities(cat([picture, picture, picture]), cat([picture, noisy, other]));

        Assert.Equal(1, similarities[0], 1e-5);
        Assert.InRange(similarities[1], 0.5, 0.999);
        Assert.InRange(similarities[2], 0, 0.3);
    }

    [Fact]
    public void Similarities_Float32_AgreesWithFloat64()
    {
        using var scope = NewDisposeScope();
        using var cats = Cats.Draw(16, 32);
        var pictures = empty([16, 3, 32, 32], ScalarType.Byte);
        for (var i = 0; i < 16; i++)
        {
            cats.Read(i, pictures.bytes.Slice(i * 3072, 3072));
        }

        using var single = new MsSsim(32, ScalarType.Float32, CPU);
        using var exact = new MsSsim(32, ScalarType.Float64, CPU);
        var (a, b) = (pictures.narrow(0, 0, 8), pictures.narrow(0, 8, 8));

        foreach (var (got, expected) in single.Similarities(a, b).Zip(exact.Similarities(a, b)))
        {
            Assert.Equal(expected, got, 1e-4);
        }
    }
}
