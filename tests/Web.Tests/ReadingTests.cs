using System.Text.Json;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

public class ReadingTests
{
    private const string Id = "two-1234abcd";

    [Fact]
    public async Task Sweeps_OfAStore_AreListedAsTheCommandLineListsThem()
    {
        await using Site site = await Site.StartAsync(s => Journals.WriteHalfDoneAsync(s.Store, Id));
        JsonElement sweep = Assert.Single((await site.GetAsync("/api/v1/sweeps")).GetProperty("sweeps").EnumerateArray());
        Assert.Equal((Id, "running", 2, 1, 0.25), (sweep.GetProperty("sweep").GetString(), sweep.GetProperty("phase").GetString(), sweep.GetProperty("experiments").GetInt32(), sweep.GetProperty("ended").GetInt32(), sweep.GetProperty("best").GetDouble()));
    }

    [Fact]
    public async Task Sweep_WithoutASilo_IsToldByItsJournal()
    {
        await using Site site = await Site.StartAsync(s => Journals.WriteHalfDoneAsync(s.Store, Id));
        JsonElement sweep = await site.GetAsync($"/api/v1/sweeps/{Id}");
        Assert.False(sweep.GetProperty("live").GetBoolean());
        Assert.Equal(1, sweep.GetProperty("ended").GetProperty("completed").GetInt32());
    }

    [Fact]
    public async Task Page_OfTheSite_ShowsTheSweep()
    {
        await using Site site = await Site.StartAsync(s => Journals.WriteHalfDoneAsync(s.Store, Id));
        Answer answer = await site.SendAsync(HttpMethod.Get, "/");
        Assert.Equal(200, answer.Status);
        Assert.Contains(Id, answer.Text);
    }
}
