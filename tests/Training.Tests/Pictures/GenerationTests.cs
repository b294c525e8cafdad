using CatGan.Abstractions.Experiments;
using CatGan.Storage;
using CatGan.Training.Pictures;
using CatGan.Training.Steps;
using CatGan.Training.Tests.Metrics;
using SkiaSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Tests.Pictures;

public sealed class GenerationTests : IDisposable
{
    private const int Size = 16, Hidden = 4, Z = 10;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Grid_SameArguments_IsTheSamePictureAndAnotherSeedIsNot(bool interpolate)
    {
        var checkpoint = await Trained(selu: false);

        var grid = Generation.Grid(checkpoint, 6, seed: 3, interpolate);

        Assert.Equal(grid, Generation.Grid(checkpoint, 6, seed: 3, interpolate));
        Assert.NotEqual(grid, Generation.Grid(checkpoint, 6, seed: 4, interpolate));
        using var picture = SKBitmap.Decode(grid);
        Assert.Equal((3 * 18 + 2, 2 * 18 + 2), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4097)]
    public void Grid_CountOutOfRange_NamesIt(int count) =>
        Assert.Contains("count", Assert.Throws<ArgumentOutOfRangeException>(() => Generation.Grid("none", count, 1, false)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_LoadedIntoAPlainSequential_MakesThePicturesOfTheGrid(bool selu)
    {
        var checkpoint = await Trained(selu);
        var exported = Path.Combine(_folder, "generator.safetensors");

        Generation.Export(checkpoint, exported);

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var plain = selu ? WithSelu() : WithBatchNorm();
        using var file = SafetensorsFile.Open(exported);
        var state = plain.state_dict();
        Assert.Equal(state.Keys.Order(), file.Tensors.Select(t => t.Name).Order());
        foreach (var entry in file.Tensors)
        {
            var values = entry.Type == SafetensorsType.I64 ? from_array(file.ReadAs<long>(entry.Name)) : from_array(file.ReadAs<float>(entry.Name));
            Assert.Equal(state[entry.Name].shape, entry.Shape);
            state[entry.Name].copy_(values.view(state[entry.Name].shape));
        }

        plain.eval();
        var pictures = plain.forward(Latents.Independent(4, Z, 3));
        Assert.Equal(Generation.Grid(checkpoint, 4, 3, false), PictureGrid.Png(pictures, 2));
        Assert.Single(Directory.GetFiles(_folder, "generator.safetensors*"));
    }

    [Fact]
    public void Export_NoCheckpoint_IsRefusedAndLeavesNothing()
    {
        var (torn, destination) = (Path.Combine(_folder, "torn"), Path.Combine(_folder, "out"));
        File.WriteAllText(torn, "no checkpoint at all");

        Assert.Throws<InvalidCheckpointException>(() => Generation.Export(torn, destination));

        Assert.False(File.Exists(destination));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A few steps at a high rate, so that averaged weights and statistics are no longer those of the start.
    private async Task<string> Trained(bool selu)
    {
        var options = Presets.Find(selu ? "dcgan-selu" : "dcgan")! with { Size = Size, HiddenG = Hidden, HiddenD = Hidden, Z = Z, Batch = 8, LrG = 0.01 };
        var plan = new TrainingPlan { BudgetImages = 1000, ReportEvery = 1000, CheckpointEvery = 1000, SamplesEvery = 1000 };
        using var cats = Cats.Draw(16, Size);
        using TrainingSession session = new(new TrainingJob(options, plan, Seed: 5), cats, CPU);
        session.Initialize();
        for (var i = 0; i < 5; i++)
        {
            session.Step();
        }

        var path = Path.Combine(_folder, "checkpoint");
        using CheckpointSnapshot snapshot = new(session);
        await using var destination = File.Create(path);
        await snapshot.WriteAsync(destination, TestContext.Current.CancellationToken);
        return path;
    }

    private static TorchSharp.Modules.Sequential WithBatchNorm() => nn.Sequential(
        nn.ConvTranspose2d(Z, 2 * Hidden, 4, bias: false), nn.BatchNorm2d(2 * Hidden), nn.ReLU(),
        nn.ConvTranspose2d(2 * Hidden, Hidden, 4, stride: 2, padding: 1, bias: false), nn.BatchNorm2d(Hidden), nn.ReLU(),
        nn.ConvTranspose2d(Hidden, 3, 4, stride: 2, padding: 1, bias: false), nn.Tanh());

    private static TorchSharp.Modules.Sequential WithSelu() => nn.Sequential(
        nn.ConvTranspose2d(Z, 2 * Hidden, 4, bias: false), nn.SELU(),
        nn.ConvTranspose2d(2 * Hidden, Hidden, 4, stride: 2, padding: 1, bias: false), nn.SELU(),
        nn.ConvTranspose2d(Hidden, 3, 4, stride: 2, padding: 1, bias: false), nn.Tanh());
}
