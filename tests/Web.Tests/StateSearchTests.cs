using System.Text.RegularExpressions;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>The words of the column State find what they stand at.</summary>
public sealed class StateSearchTests(StateSearchTests.Ended read) : IClassFixture<StateSearchTests.Ended>
{
    private const string Id = "states-1";

    [Theory]
    [InlineData("worked", 1, 7)]
    [InlineData("not cats yet", 2)]
    [InlineData("Not Cats", 2)]
    [InlineData("stopped early", 3)]
    [InlineData("stopped", 3)]
    [InlineData("out of memory", 4)]
    [InlineData("collapsed", 5)]
    [InlineData("running", 6)]
    [InlineData("waiting", 8)]
    [InlineData("completed", 1, 2, 5, 7)]
    [InlineData("asleep")]
    public async Task Search_ForAStateAsItIsShown_FindsThoseThatShowIt(string word, params int[] expected)
    {
        string search = Uri.EscapeDataString(word);
        int[] listed = [.. (await read.Site.GetAsync($"/api/v1/sweeps/{Id}/experiments?search={search}")).GetProperty("experiments").EnumerateArray().Select(e => e.GetProperty("experiment").GetInt32())];
        Assert.Equal(expected, listed);
        string page = (await read.Site.SendAsync(HttpMethod.Get, $"/sweeps/{Id}?search={search}&sort=experiment")).Text;
        Assert.Equal(expected, Regex.Matches(page, "data-key=\"e(\\d+)\"").Select(m => int.Parse(m.Groups[1].Value)));
    }

    public sealed class Ended : IAsyncLifetime
    {
        internal Site Site { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Site = await Site.StartAsync(async s =>
        {
            Configuration[] points = [.. Enumerable.Range(1, 8).Select(n => FakeSweep.Point(("preset", "dcgan"), ("lr_d", $"{n}e-4"), ("size", "16"), ("hidden", "1")))];
            FakeSweep sweep = await FakeSweep.StartAsync(s.Store, FakeSweep.Define(points, budget: 1000), Id);
            // What pictures are worth is in the curves alone: real ones score 5.
            await sweep.CurveAsync(1, 1, FakeSweep.Report(1000, 6, full: true));
            await sweep.CurveAsync(2, 1, FakeSweep.Report(1000, 90, full: true));
            for (int n = 1; n <= 7; n++)
            {
                await sweep.BeginAsync(n);
                await (n switch
                {
                    1 => sweep.EndAsync(n, 1000, 6),
                    2 => sweep.EndAsync(n, 1000, 90),
                    3 => sweep.EndAsync(n, 400, 30, ExperimentOutcome.Stopped, "worse than the best third"),
                    4 => sweep.EndAsync(n, 0, null, ExperimentOutcome.OutOfMemory, "the device is full"),
                    5 => sweep.EndAsync(n, 1000, 20, flags: ("collapsed", "All are alike.")),
                    7 => sweep.EndAsync(n, 1000, 8),
                    _ => Task.CompletedTask,
                });
            }
        });

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
