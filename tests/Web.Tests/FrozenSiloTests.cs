using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>A silo that takes questions and does not answer: what can be read is read without it.</summary>
public class FrozenSiloTests
{
    private const string Root = $"/api/v1/sweeps/{Cats.Id}";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(Root)]
    [InlineData("/api/v1/cluster")]
    public async Task Read_SiloFrozen_IsAnsweredWithoutItUntilItAnswersAgain(string address)
    {
        await using Site site = await FreezeAsync(out TaskCompletionSource thaws, out _);
        Assert.False(await IsLiveAsync(site, address).WaitAsync(Patience));
        thaws.SetResult();
        await Eventually.TrueAsync(() => IsLiveAsync(site, address));
    }

    [Theory]
    [InlineData($"{Root}/status")]
    [InlineData($"{Root}/experiments")]
    [InlineData($"/sweeps/{Cats.Id}")]
    [InlineData("/cluster")]
    public async Task Read_SiloFrozen_IsAnswered(string address)
    {
        await using Site site = await FreezeAsync(out TaskCompletionSource thaws, out _);
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, address).WaitAsync(Patience)).Status);
        thaws.SetResult();
    }

    [Fact]
    public async Task Read_SiloFrozen_IsAskedOnceForAllReaders()
    {
        await using Site site = await FreezeAsync(out TaskCompletionSource thaws, out Func<int> asked);
        for (int round = 0; round < 3; round++)
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => IsLiveAsync(site, Root))).WaitAsync(Patience);
        Assert.Equal(1, asked());
        thaws.SetResult();
    }

    private static Task<Site> FreezeAsync(out TaskCompletionSource thaws, out Func<int> asked)
    {
        TaskCompletionSource frozen = thaws = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int questions = 0;
        asked = () => Volatile.Read(ref questions);
        return Site.StartAsync(async site =>
        {
            await Cats.WriteAsync(site.Store);
            site.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Running(4, 100)));
            site.Silo.Reachable = true;
            site.Silo.BeforeAnswer = () =>
            {
                Interlocked.Increment(ref questions);
                return frozen.Task;
            };
        });
    }

    private static async Task<bool> IsLiveAsync(Site site, string address)
    {
        JsonElement told = await site.GetAsync(address);
        return told.GetProperty("live").GetBoolean();
    }
}
