using System.Text.Json;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.EndToEnd;

/// <summary>The whole system: the command line, a real silo process, real training.</summary>
public class EndToEndTests
{
    private const long Short = 1600;
    private const long Long = 12_000;

    [Fact]
    public async Task Run_TinySweep_EndsWithReportPicturesAndWeights()
    {
        await using RealCatGan real = new();

        Said run = await real.RunAsync("run", real.Spec("tiny.yaml", Short));

        Assert.True(run.Code == 0, run.Out + run.Error);
        Assert.Contains("finished: 2 of 2 ended, 2 completed", run.Out);
        Assert.Matches("1 +#", run.Out);
        string report = run.Out.Split('\n').Single(l => l.StartsWith("report: ", StringComparison.Ordinal))["report: ".Length..];
        Assert.StartsWith("<!", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));

        Assert.Equal(0, (await real.RunAsync("generate", "last/1", "--count", "4", "--out", "cats.png")).Code);
        Assert.Equal("PNG", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(Path.Combine(real.Folder, "cats.png")), 1, 3));
        Assert.Equal(0, (await real.RunAsync("export", "last/2", "--out", "g.safetensors")).Code);
        using SafetensorsFile weights = SafetensorsFile.Open(Path.Combine(real.Folder, "g.safetensors"));
        Assert.NotEmpty(weights.Tensors);
        Assert.Contains("has ended", (await real.RunAsync("resume", "last")).Error);
    }

    [Fact]
    public async Task Run_CtrlCThenResume_GoesOnFromTheCheckpointAndEnds()
    {
        await using RealCatGan real = new();
        using RealCatGan.Running run = real.Start("run", real.Spec("tiny.yaml", Long));
        await run.SeeAsync("experiment 1 [dcgan]: running");

        run.Signal("INT");
        Said paused = await run.EndAsync();

        Assert.True(paused.Code == 130, paused.Out + paused.Error);
        Assert.Contains("go on with: catgan resume tiny-", paused.Error);
        Assert.Equal("paused", (await StatusAsync(real)).GetProperty("phase").GetString());
        await EndsAsync(real, await real.RunAsync("resume", "last"));
    }

    [Fact]
    public async Task Run_EverythingKilled_ResumeLosesNothing()
    {
        await using RealCatGan real = new();
        using RealCatGan.Running run = real.Start("run", real.Spec("tiny.yaml", Long));
        await run.SeeAsync("experiment 1 [dcgan]: running");

        run.Signal("KILL");
        Assert.NotNull(await real.KillSiloAsync());
        Said status = await real.RunAsync("status", "last");
        Assert.Contains("no silo works on it", status.Error);

        await EndsAsync(real, await real.RunAsync("resume", "last"));
    }

    private static async Task EndsAsync(RealCatGan real, Said resumed)
    {
        Assert.True(resumed.Code == 0, resumed.Out + resumed.Error);
        JsonElement status = await StatusAsync(real);
        Assert.Equal("finished", status.GetProperty("phase").GetString());
        Assert.Equal([1, 2], status.GetProperty("experiments").EnumerateArray().Select(e => e.GetProperty("number").GetInt32()));
        Assert.All(status.GetProperty("experiments").EnumerateArray(), e =>
        {
            Assert.Equal("completed", e.GetProperty("outcome").GetString());
            Assert.Equal(Long, e.GetProperty("images").GetInt64());
        });
        Assert.Contains(status.GetProperty("experiments").EnumerateArray(), e => e.GetProperty("attempts").GetInt32() > 1);
    }

    private static async Task<JsonElement> StatusAsync(RealCatGan real) => JsonDocument.Parse((await real.RunAsync("status", "last", "--json")).Out).RootElement;
}
