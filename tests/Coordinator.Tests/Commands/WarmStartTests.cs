using System.Collections.Immutable;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Search;

namespace CatGan.Coordinator.Tests.Commands;

public sealed class WarmStartTests : IDisposable
{
    private const string Earlier = """
        name: earlier
        dataset: builtin:drawn-cats?count=64
        budget: {images: 1000}
        parameters:
          preset: dcgan
          lr_d: {choice: [1e-5, 1e-4, 1e-3, 1e-2]}
          size: 16
          hidden: 1
        """;

    private const string Later = """
        name: later
        dataset: builtin:drawn-cats?count=64&seed=1
        budget: {images: 2000}
        sampler: tpe
        experiments: 30
        warm_start: earlier
        parameters:
          preset: {choice: [dcgan, lsgan]}
          lr_d: {log_uniform: [1e-5, 1e-3]}
          size: {choice: [16, 32]}
          hidden_d: 1
          hidden_g: 1
        """;

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Submit_WarmStart_TakesTheResultsThatFitAlong()
    {
        await WriteAsync(Earlier);

        Said said = await shell.RunAsync("submit", shell.Write("later.yaml", Later));

        Assert.Equal(0, said.Code);
        Assert.Contains("note: warm start from earlier-1: 3 of its 4 configurations with a result; 1 does not fit the parameters here: lr_d is 1e-2, out of 1e-5 to 0.001", said.Error);
        SweepDefinition definition = FakeSilo.Definition(shell.Silo);
        Assert.Equal(["earlier-1"], definition.WarmStart);
        // Scores 0.3, 0.2 and 0.1 of the first three; the fourth, which diverged, is out of the range.
        Assert.Equal(["1e-3", "1e-4", "1e-5"], definition.Warm.Select(p => p.Configuration["lr_d"]));
        Assert.Equal([0.1, 0.2, 0.3], definition.Warm.Select(p => p.Score));
        Assert.All(definition.Warm, p => Assert.Equal(("dcgan", "16", "1"), (p.Configuration["preset"], p.Configuration["size"], p.Configuration["hidden_g"])));
        Assert.Empty(definition.Faults());
    }

    [Fact]
    public async Task Check_WarmStart_TellsWhatFits()
    {
        await WriteAsync(Earlier);
        Said said = await shell.RunAsync("check", shell.Write("later.yaml", Later.Replace("size: {choice: [16, 32]}", "size: 32")));
        Assert.Equal(0, said.Code);
        Assert.Contains("0 of its 4 configurations with a result; 4 do not fit the parameters here: size is 16, out of 32", said.Error);
        Assert.Contains("and 20 more that the tpe sampler chooses by the results so far", said.Out);
    }

    [Theory]
    [InlineData("objective: ms_ssim", "whose objective is swd (less is better), but here it is ms_ssim (less is better)")]
    [InlineData("objective: {metric: swd, direction: maximize}", "whose objective is swd (less is better), but here it is swd (more is better)")]
    [InlineData("dataset: cats", "whose data set is builtin:drawn-cats?count=64, but here it is cats")]
    public async Task Check_ScoresThatDoNotCompare_AreRefused(string line, string words)
    {
        await WriteAsync(Earlier);
        string spec = line.StartsWith("dataset", StringComparison.Ordinal) ? Later.Replace("dataset: builtin:drawn-cats?count=64&seed=1", line) : $"{Later}\n{line}";
        Said said = await shell.RunAsync("check", shell.Write("later.yaml", spec));
        Assert.Equal(2, said.Code);
        Assert.Contains($"later.yaml:6:13: warm_start[0] is the sweep earlier-1, {words}", said.Error);
    }

    [Fact]
    public async Task CheckAndSubmit_SweepNotThere_IsANoteAndThenAnError()
    {
        string spec = shell.Write("later.yaml", Later);
        Said check = await shell.RunAsync("check", spec), submit = await shell.RunAsync("submit", spec);
        Assert.Equal((0, 3), (check.Code, submit.Code));
        Assert.Contains("note: warm_start: ", check.Error);
        Assert.Empty(shell.Silo.Calls);
    }

    private async Task WriteAsync(string spec)
    {
        DateTimeOffset at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        ImmutableSortedDictionary<string, double> Scores(int number) => ImmutableSortedDictionary<string, double>.Empty.Add("swd", (4 - number) / 10.0);
        await Journals.WriteAsync(
            shell.Store,
            "earlier-1",
            [
                new SweepSubmitted(at, SpecReader.Read(spec).Definition!, 4),
                .. Enumerable.Range(1, 4).Select(n => new AttemptStarted(at, n, 1, "w")),
                .. Enumerable.Range(1, 4).Select(n => new ExperimentEnded(
                    at, n, 1, n == 4 ? ExperimentOutcome.Diverged : ExperimentOutcome.Completed, null, ImmutableSortedDictionary<string, string>.Empty, 1000, 10, 5.0,
                    n == 4 ? ImmutableSortedDictionary<string, double>.Empty : Scores(n))),
            ]);
    }
}
