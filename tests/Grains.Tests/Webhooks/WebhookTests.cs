using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Tests.Support;
using CatGan.Grains.Webhooks;
using CatGan.Search;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Grains.Tests.Webhooks;

/// <summary>Notices to a real receiver on the loopback.</summary>
public sealed class WebhookTests : IDisposable
{
    private const string Key = "WEBHOOK_TEST_KEY";
    private readonly MemoryBlobStore _store = new();
    private readonly Receiver _receiver = new();

    public WebhookTests() => Environment.SetEnvironmentVariable(Key, "secret of the test");

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public async Task Deliver_ReceiverThatFailsFirst_IsTriedAgainAndGetsItSigned()
    {
        _receiver.Answers.Enqueue(500);
        _receiver.Answers.Enqueue(302);
        await using TestCluster cluster = await StartAsync();
        await SubmitAsync(cluster);
        await _store.FinishedAsync("s");
        Received[] all = [.. _receiver.All];
        Assert.Equal([500, 302, 200], all.Select(r => r.Answered));
        Assert.All(all, r => Assert.Equal(("s/1", "finished"), (r.Delivery, r.Event)));
        JsonElement body = JsonDocument.Parse(all[^1].Body).RootElement;
        Assert.Equal((2, 2, "s/1"), (body.GetProperty("experiments").GetInt32(), body.GetProperty("outcomes").GetProperty("completed").GetInt32(), body.GetProperty("delivery").GetString()));
        long seconds = long.Parse(all[^1].Signature.Split(',')[0]["t=".Length..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(NoticeSignature.Of("secret of the test", seconds, all[^1].Body), all[^1].Signature);
        Assert.Empty((await Support.Sweeps.StateAsync(_store, "s")).Notices);
    }

    [Fact]
    public async Task Deliver_SiloKilledBeforeItGotThrough_TheNextOneDelivers()
    {
        _receiver.Otherwise = 503;
        await using (TestCluster first = await StartAsync())
        {
            await SubmitAsync(first);
            await _receiver.ReceivedAsync(1);
            // The sweep is over and journaled all the same: nothing of it waited for the webhook.
            await _store.UntilAsync(async () => (await Support.Sweeps.StateAsync(_store, "s")).HasEnded);
            await first.KillAsync();
        }
        _receiver.Otherwise = 204;
        await using TestCluster second = await StartAsync();
        await _store.FinishedAsync("s");
        Assert.Equal((204, "s/1"), (_receiver.All.Last().Answered, _receiver.All.Last().Delivery));
    }

    [Fact]
    public async Task Deliver_ExperimentFails_TellsWhichAndWhy()
    {
        await using TestCluster cluster = await StartAsync();
        cluster.Trainers.BeforeBatch = (order, images, _) =>
        {
            if (order.Experiment == 2 && images == 300)
                throw new InvalidOperationException("the cat ran away");
        };
        await SubmitAsync(cluster);
        await _store.FinishedAsync("s");
        Received failed = Assert.Single(_receiver.All, r => r.Event == "failed");
        JsonElement experiment = JsonDocument.Parse(failed.Body).RootElement.GetProperty("experiment");
        Assert.Equal((2, "failed"), (experiment.GetProperty("number").GetInt32(), experiment.GetProperty("outcome").GetString()));
        Assert.StartsWith("the cat ran away", experiment.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryAsync_KeyIsNotSet_SendsNothingAndSaysWhichVariable()
    {
        using WebhookPost post = new(new GrainsTiming(), _ => null);
        PostResult result = await post.TryAsync("s/1", new NoticeView(_receiver.Url, "NO_SUCH_KEY", DateTimeOffset.UnixEpoch, "finished", "{}"), CancellationToken.None);
        Assert.Contains("NO_SUCH_KEY", result.Fault, StringComparison.Ordinal);
        Assert.Empty(_receiver.All);
    }

    [Fact]
    public async Task TryAsync_GoneOrUnreachable_SaysSo()
    {
        using WebhookPost post = new(new GrainsTiming { Time = new FakeTimeProvider() }, _ => null);
        _receiver.Otherwise = 410;
        PostResult gone = await post.TryAsync("s/1", new NoticeView(_receiver.Url, null, DateTimeOffset.UnixEpoch, "finished", "{}"), CancellationToken.None);
        Assert.True(gone.ForGood);
        Assert.Equal("", _receiver.All.Single().Signature);
        _receiver.Dispose();
        PostResult unreachable = await post.TryAsync("s/1", new NoticeView(_receiver.Url, null, DateTimeOffset.UnixEpoch, "finished", "{}"), CancellationToken.None);
        Assert.Contains("could not be reached", unreachable.Fault, StringComparison.Ordinal);
        Assert.False(unreachable.ForGood);
    }

    // Worked out by: printf '1700000000.{}' | openssl dgst -sha256 -hmac key
    [Fact]
    public void Of_KnownKeyAndBody_IsWhatOpensslMakes() => Assert.Equal(
        "t=1700000000,v1=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae",
        NoticeSignature.Of("key", 1_700_000_000, "{}"));

    private Task<TestCluster> StartAsync() =>
        TestCluster.StartAsync(_store, timing: TestCluster.Timing with { NoticeRetryAfter = TimeSpan.FromMilliseconds(20) });

    private Task SubmitAsync(TestCluster cluster) => cluster.Sweep("s").Submit(
        Support.Sweeps.Submission(Support.Sweeps.Definition(2) with { Webhook = new(_receiver.Url, Key, Webhook.KnownEvents) }), CancellationToken.None);

    private sealed record Received(string Delivery, string Event, string Signature, string Body, int Answered);

    private sealed class Receiver : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly SemaphoreSlim _arrived = new(0);

        public Receiver()
        {
            for (int tries = 0; ; tries++)
            {
                Url = $"http://127.0.0.1:{FreePort()}/hook/";
                _listener.Prefixes.Add(Url);
                try
                {
                    _listener.Start();
                    break;
                }
                catch (HttpListenerException) when (tries < 5)
                {
                    _listener.Prefixes.Clear();
                }
            }
            _ = ServeAsync();
        }

        public string Url { get; }

        public ConcurrentQueue<int> Answers { get; } = [];

        public int Otherwise { get; set; } = 200;

        public ConcurrentQueue<Received> All { get; } = [];

        public async Task ReceivedAsync(int count)
        {
            for (int i = 0; i < count; i++)
                await _arrived.WaitAsync();
        }

        public void Dispose() => ((IDisposable)_listener).Dispose();

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
                using StreamReader reader = new(context.Request.InputStream);
                string body = await reader.ReadToEndAsync();
                int answer = Answers.TryDequeue(out int scripted) ? scripted : Otherwise;
                string Header(string name) => context.Request.Headers[name] ?? "";
                All.Enqueue(new(Header("CatGan-Delivery"), Header("CatGan-Event"), Header("CatGan-Signature"), body, answer));
                context.Response.StatusCode = answer;
                context.Response.Close();
                _arrived.Release();
            }
        }

        private static int FreePort()
        {
            using System.Net.Sockets.TcpListener probe = new(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
    }
}
