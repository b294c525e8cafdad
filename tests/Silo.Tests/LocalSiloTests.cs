using CatGan.Abstractions;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Silo.Tests;

/// <summary>Real silo processes that train small networks on drawn cats, and are killed.</summary>
public sealed class LocalSiloTests : IDisposable
{
    private readonly TestStore _store = new();

    [Fact]
    public async Task KillNine_TwiceWhileTraining_EveryExperimentEndsOnceAsIfNothingHadHappened()
    {
        SweepDefinition definition = Definition(budget: 4800);
        using (SiloProcess first = _store.Start("--slots", "2"))
        {
            await _store.SubmitAsync(first, "undisturbed", definition);
            await _store.FinishedAsync("undisturbed");
            await _store.SubmitAsync(first, "killed", definition);
            await CheckpointOfAttemptAsync(1);
            first.Kill();
        }
        using (SiloProcess second = _store.Start("--slots", "2"))
        {
            await CheckpointOfAttemptAsync(2);
            second.Kill();
        }
        using SiloProcess third = _store.Start("--slots", "2");
        await _store.FinishedAsync("killed");
        (Sweep undisturbed, Sweep killed) = (await _store.SweepAsync("undisturbed"), await _store.SweepAsync("killed"));
        Assert.Equal(2, killed.CountOf(ExperimentOutcome.Completed));
        Assert.Contains(killed.Experiments, e => e.Epoch >= 3);
        foreach ((Experiment expected, Experiment actual) in undisturbed.Experiments.Zip(killed.Experiments))
        {
            Assert.Equal(expected.Images, actual.Images);
            Assert.Equal(expected.Rungs[^1].Scores, actual.Rungs[^1].Scores);
        }
    }

    [Fact]
    public async Task Terminate_WhileTraining_HandsBackWithACheckpointWithinTenSeconds()
    {
        using SiloProcess silo = _store.Start("--slots", "2");
        await _store.SubmitAsync(silo, "long", Definition(budget: 50_000_000));
        await TestStore.UntilAsync(async () => (await _store.SweepAsync("long")).RunningCount == 2);
        silo.Terminate();
        Assert.Equal(0, await silo.ExitAsync(withinSeconds: 10));
        Sweep sweep = await _store.SweepAsync("long");
        Assert.All(sweep.Experiments.Take(2), e => Assert.StartsWith("handed back", e.Attempts[0].LostBecause, StringComparison.Ordinal));
        Assert.All(sweep.Experiments.Take(2), e => Assert.NotEmpty(e.Checkpoints));
        Assert.False(await _store.ExistsAsync(StoreLayout.LocalEndpoint));
        Assert.True(await _store.ExistsAsync(StoreLayout.Active("long")));
    }

    [Fact]
    public async Task Start_TwoAtOnce_OneIsInChargeAndTheOtherEnds()
    {
        using SiloProcess a = _store.Start("--slots", "0");
        using SiloProcess b = _store.Start("--slots", "0");
        Task<int> ended = await Task.WhenAny(a.ExitAsync(), b.ExitAsync());
        Assert.Equal(ExitCodes.Taken, await ended);
        LocalEndpoint? endpoint = LocalEndpoint.Read(await _store.Store.ReadTextAsync(StoreLayout.LocalEndpoint) ?? "null");
        SiloProcess loser = endpoint!.Pid == a.Pid ? b : a;
        Assert.Contains($"Another silo (process {endpoint.Pid}) is in charge", loser.Output, StringComparison.Ordinal);
        await _store.EndpointAsync(endpoint.Pid == a.Pid ? a : b);
    }

    [Fact]
    public async Task IdleExit_NothingToDo_EndsAndRemovesItsEndpoint()
    {
        using SiloProcess silo = _store.Start("--slots", "1", "--idle-exit", "1");
        Assert.Equal(ExitCodes.Done, await silo.ExitAsync());
        Assert.Contains("In charge of", silo.Output, StringComparison.Ordinal);
        Assert.False(await _store.ExistsAsync(StoreLayout.LocalEndpoint));
    }

    [Theory]
    [InlineData("--slots is -3, but must be from 0 to 1024", "--local", "--slots", "-3")]
    [InlineData("--idle-exit is -1, but must be 0 or more seconds", "--local", "--idle-exit", "-1")]
    [InlineData("device is tpu, but must be one of", "--local", "--device", "tpu")]
    [InlineData("No store has a URI like 'ftp://cats'", "--local", "--store", "ftp://cats")]
    [InlineData("neither --local nor --cluster is given")]
    [InlineData("both --local and --cluster are given", "--local", "--cluster", "redis://localhost")]
    [InlineData("--cluster is no address of a Redis; give redis://", "--cluster", "http://localhost")]
    [InlineData("--cluster-id is 'a b', but must be 1 to 64 letters", "--cluster", "redis://localhost", "--cluster-id", "a b")]
    [InlineData("--gateway-port is 0, but must be from 1 to 65535", "--cluster", "redis://localhost", "--gateway-port", "0")]
    [InlineData("but without --tls-cert connections are in the clear", "--cluster", "redis://localhost", "--cluster-id", "a", "--host", "10.0.0.1")]
    public async Task Start_BadOption_SaysWhatAndEndsWithoutAStackTrace(string message, params string[] arguments)
    {
        using SiloProcess silo = SiloProcess.Start(arguments);
        Assert.Equal(ExitCodes.Usage, await silo.ExitAsync());
        Assert.Contains(message, silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _store.Dispose();

    private Task CheckpointOfAttemptAsync(int epoch) => TestStore.UntilAsync(async () =>
        await _store.ExistsAsync(StoreLayout.Journal("killed"))
        && (await _store.SweepAsync("killed")).Experiments.Any(e => e.Checkpoints.Any(c => c.Epoch == epoch) && e.Epoch == epoch && e.Outcome is null));

    private static SweepDefinition Definition(long budget) => new()
    {
        Name = "test",
        Dataset = "builtin:drawn-cats?count=64",
        BudgetImages = budget,
        Configurations = 2,
        ReportEvery = 800,
        CheckpointEvery = 320,
        SamplesEvery = 1600,
        Rungs = [1600],
        Space = new ParameterSpace(
        [
            new FixedParameter("preset", "dcgan"),
            new FixedParameter("size", "16"),
            new FixedParameter("hidden", "4"),
            new FixedParameter("batch", "16"),
            new LogUniformParameter("lr", 1e-5, 1e-3),
        ]),
    };
}
