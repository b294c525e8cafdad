using System.Net.ServerSentEvents;

namespace CatGan.Web.Tests.Support;

/// <summary>Somebody who watches a sweep.</summary>
internal sealed class Watching : IAsyncDisposable
{
    private readonly HttpResponseMessage answer;
    private readonly IAsyncEnumerator<SseItem<string>> items;
    private readonly CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));

    private Watching(HttpResponseMessage answer, Stream stream)
    {
        this.answer = answer;
        items = SseParser.Create(stream).EnumerateAsync(patience.Token).GetAsyncEnumerator();
    }

    public static async Task<Watching> StartAsync(Site site, string? lastEventId = null, string sweep = Cats.Id)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/v1/sweeps/{sweep}/events");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        HttpResponseMessage answer = await site.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return new(answer, await answer.Content.ReadAsStreamAsync());
    }

    public async Task<SseItem<string>> NextAsync()
    {
        Assert.True(await items.MoveNextAsync(), "the stream ended");
        return items.Current;
    }

    public async Task<SseItem<string>> UntilAsync(string type)
    {
        SseItem<string> item;
        do
            item = await NextAsync();
        while (item.EventType != type);
        return item;
    }

    public async ValueTask DisposeAsync()
    {
        answer.Dispose();
        await patience.CancelAsync();
        try
        {
            await items.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It was cut off while it waited.
        }
        patience.Dispose();
    }
}
