using System.Text.Json;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;

namespace CatGan.Coordinator.Tests.Commands;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public SimulateCommandTests() => shell.Silo.Reachable = false;

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Simulate_Asha_PrintsWhatItWouldHaveSavedAndMissed()
    {
        await WriteAsync();
        Said said = await shell.RunAsync("simulate", "last", "--pruner", "asha", "--eta", "2", "--workers", "1");
        Assert.Equal((0, ""), (said.Code, said.Error));
        // Worked out in the tests of Search: 4,000 + 2,000 + 1,000 + 1,000 of 16,000 images; c wins with 0.25, b with 0.2 is cut short.
        Assert.Contains("sweep    cats-1: 4 experiments, 16,000 images, all to their ends", said.Out);
        Assert.Contains("pruner   asha, eta 2, judging at 1,000, 2,000 images", said.Out);
        Assert.Matches(@"images trained +8,000", said.Out);
        Assert.Matches(@"images saved +50\.0 %", said.Out);
        Assert.Matches(@"winner is worse by +25\.0 %", said.Out);
        Assert.Contains("true winner: lr_d=2e-4 with swd 0.2; it would have been cut short at 1,000 images", said.Out);
        Assert.Contains("would have won: lr_d=3e-4 with swd 0.25, place 2 of the full sweep", said.Out);
    }

    [Fact]
    public async Task Simulate_Json_IsOneObjectWithEveryOrder()
    {
        await WriteAsync();
        Said said = await shell.RunAsync("simulate", "last", "--pruner", "asha", "--eta", "2", "--orders", "20", "--seed", "5", "--json");
        using JsonDocument json = JsonDocument.Parse(said.Out);
        Assert.Equal(20, json.RootElement.GetProperty("orders").GetArrayLength());
        Assert.Equal(16_000, json.RootElement.GetProperty("full_images").GetInt64());
        Assert.InRange(json.RootElement.GetProperty("summary").GetProperty("mean_images_share").GetDouble(), 0.3, 0.9);
        Assert.Equal(said.Out, (await shell.RunAsync("simulate", "last", "--pruner", "asha", "--eta", "2", "--orders", "20", "--seed", "5", "--json")).Out);
    }

    [Theory]
    [InlineData("--pruner asha --eta 3", "the pruner judges at 1,000, 3,000 images, but the sweep was scored at 1,000, 2,000, not at 3,000")]
    [InlineData("--pruner asha --eta two", "--eta is two, but must be a whole number")]
    [InlineData("--pruner halving", "pruner is halving, but must be one of none, median, asha, hyperband")]
    [InlineData("--pruner none --eta 2", "--eta belongs to a pruner, but --pruner is none")]
    [InlineData("--pruner median --workers 0", "--workers is 0, but must be from 1 to 100000")]
    [InlineData("--pruner median --rungs 1000,1500", "but the sweep was scored at 1,000, 2,000, not at 1,500")]
    public async Task Simulate_WhatDoesNotSuit_IsSaid(string options, string expected)
    {
        await WriteAsync();
        Said said = await shell.RunAsync(["simulate", "last", .. options.Split(' ')]);
        Assert.Equal((2, ""), (said.Code, said.Out));
        Assert.Contains(expected, said.Error);
    }

    [Fact]
    public async Task Simulate_SweepThatHasNotEnded_IsRefused()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("simulate", "last", "--pruner", "asha");
        Assert.Equal(2, said.Code);
        Assert.Contains("sweep two-1 cannot be simulated: it has not ended (1 of 2 experiments have)", said.Error);
    }

    /// <summary>Four learning rates, run one after the other to their ends.</summary>
    private async Task WriteAsync()
    {
        SweepDefinition definition = FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"))], budget: 4000) with
        {
            Also = [],
            Space = new([new FixedParameter("preset", "dcgan"), new ChoiceParameter("lr_d", ["1e-4", "2e-4", "3e-4", "4e-4"])]),
            Rungs = [1000, 2000],
        };
        FakeSweep fake = await FakeSweep.StartAsync(shell.Store, definition);
        double[][] scores = [[0.5, 0.4, 0.3], [0.7, 0.3, 0.2], [0.4, 0.35, 0.25], [0.6, 0.5, 0.45]];
        foreach ((int index, double[] swd) in scores.Index())
        {
            await fake.BeginAsync(index + 1);
            foreach ((int rung, long images) in ((long[])[1000, 2000]).Index())
            {
                await fake.CheckpointAsync(index + 1, images);
                await fake.RungAsync(index + 1, images, swd[rung]);
            }
            await fake.EndAsync(index + 1, 4000, swd[2]);
        }
    }
}
