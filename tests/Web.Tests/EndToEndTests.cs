using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>A script's whole way over HTTP, against a real silo process that trains.</summary>
public class EndToEndTests
{
    private const string Spec = """
        name: tiny
        dataset: builtin:drawn-cats?count=128
        budget: {images: 32_000}
        parameters:
          preset: {choice: [dcgan, lsgan]}
          size: 16
          hidden: 2
          z: 8
          batch: 16
        report_every: 3200
        checkpoint_every: 800
        samples_every: 16_000
        """;

    [Fact]
    public async Task Sweep_OverHttp_IsSubmittedWatchedPausedKilledResumedAndRead()
    {
        await using Site site = await Site.StartAsync(s =>
        {
            s.RealSilo = true;
            return Task.CompletedTask;
        }, o => o with { Wishes = new(Dashboard: true) });
        Answer none = await site.SendAsync(HttpMethod.Get, "/orleans/DashboardCounters");
        Assert.Equal((503, "no silo answers"), (none.Status, none.Json.GetProperty("detail").GetString()));
        Answer submitted = await site.SendAsync(HttpMethod.Post, "/api/v1/sweeps", body: new StringContent(Spec, Encoding.UTF8, "application/yaml"));
        Assert.True(submitted.Status == 201, submitted.Text);
        string id = submitted.Json.GetProperty("sweep").GetString()!, root = $"/api/v1/sweeps/{id}";
        await using Watching watching = await Watching.StartAsync(site, sweep: id);

        await watching.UntilAsync("checkpoint_saved");
        Assert.True((await site.GetAsync(root)).GetProperty("live").GetBoolean());
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Post, $"{root}/pause")).Status);
        await PhaseAsync(watching, "paused");
        await site.KillSiloAsync();
        Assert.Equal("paused", (await site.GetAsync(root)).GetProperty("phase").GetString());
        Answer resumed = await site.SendAsync(HttpMethod.Post, $"{root}/resume");
        Assert.True(resumed.Status == 200, resumed.Text);
        await PhaseAsync(watching, "finished");

        JsonElement best = (await site.GetAsync($"{root}/experiments?sort=best")).GetProperty("experiments")[0];
        string one = $"{root}/experiments/{best.GetProperty("experiment").GetInt32()}";
        Assert.Equal("completed", best.GetProperty("outcome").GetString());
        Assert.Equal(32_000, (await site.GetAsync($"{one}/curve")).GetProperty("points").EnumerateArray().Last().GetProperty("images").GetInt64());
        string sample = (await site.GetAsync($"{one}/samples")).EnumerateArray().Last().GetProperty("url").GetString()!;
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await site.Http.GetByteArrayAsync(sample))[..4]);
        JsonElement checkpoint = (await site.GetAsync($"{one}/checkpoints")).EnumerateArray().Last();
        byte[] content = await site.Http.GetByteArrayAsync(checkpoint.GetProperty("url").GetString());
        Assert.Equal(checkpoint.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
        Answer drawn = await site.SendAsync(HttpMethod.Post, $"{one}/generate", body: new StringContent("""{"count": 4}""", Encoding.UTF8, "application/json"));
        Assert.True(drawn.Status == 200, drawn.Text);
        Assert.Contains("Orleans Dashboard", (await site.SendAsync(HttpMethod.Get, "/orleans/")).Text);
        Assert.Equal(1, (await site.GetAsync("/orleans/DashboardCounters")).GetProperty("totalActiveHostCount").GetInt32());
        JsonElement slots = (await site.GetAsync("/api/v1/cluster")).GetProperty("silos")[0].GetProperty("slots");
        Assert.All(slots.EnumerateArray(), slot => Assert.False(slot.TryGetProperty("sweep", out _)));
    }

    private static async Task PhaseAsync(Watching watching, string phase)
    {
        SseItem<string> status;
        do
            status = await watching.UntilAsync("status");
        while (JsonDocument.Parse(status.Data).RootElement.GetProperty("phase").GetString() != phase);
    }
}
