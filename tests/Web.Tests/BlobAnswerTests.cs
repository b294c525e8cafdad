using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Tests.Results;
using CatGan.Storage;
using CatGan.Web.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace CatGan.Web.Tests;

/// <summary>Ranges, conditions and HEAD of what is downloaded, by RFC 9110.</summary>
public sealed class BlobAnswerTests(BlobAnswerTests.Downloads downloads) : IClassFixture<BlobAnswerTests.Downloads>
{
    private const string Content = "0123456789";
    private static readonly string Tag = $"\"{new string('a', 64)}\"";
    private static readonly string Url = $"/api/v1/sweeps/{Cats.Id}/experiments/4/checkpoints/{new string('a', 64)}";

    [Fact]
    public async Task Get_Whole_SaysAllThereIsToKnow()
    {
        Answer whole = await GetAsync();
        Assert.Equal((200, Content, "10", "bytes", Tag), (whole.Status, whole.Text, whole.Headers["Content-Length"], whole.Headers["Accept-Ranges"], whole.Headers["ETag"]));
        Assert.Equal(("application/octet-stream", "max-age=3600, private"), (whole.Headers["Content-Type"], whole.Headers["Cache-Control"]));
        Assert.Contains("cats-1-4-500.safetensors", whole.Headers["Content-Disposition"]);
        Assert.True(DateTimeOffset.TryParse(whole.Headers["Last-Modified"], out _));
        Assert.False(whole.Headers.ContainsKey("Content-Range"));
    }

    [Theory]
    [InlineData("bytes=3-5", "345", "bytes 3-5/10")]
    [InlineData("bytes=3-", "3456789", "bytes 3-9/10")]
    [InlineData("bytes=0-0", "0", "bytes 0-0/10")]
    [InlineData("bytes=9-9", "9", "bytes 9-9/10")]
    [InlineData("bytes=0-99", Content, "bytes 0-9/10")]
    [InlineData("bytes=8-99999999999", "89", "bytes 8-9/10")]
    [InlineData("bytes=-4", "6789", "bytes 6-9/10")]
    [InlineData("bytes=-40", Content, "bytes 0-9/10")]
    public async Task Get_ARange_IsThatPart(string range, string expected, string placed)
    {
        Answer part = await GetAsync(("Range", range));
        Assert.Equal((206, expected, placed, $"{expected.Length}", Tag), (part.Status, part.Text, part.Headers["Content-Range"], part.Headers["Content-Length"], part.Headers["ETag"]));
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=10-12")]
    [InlineData("bytes=-0")]
    public async Task Get_ARangeOutsideOfIt_IsRefusedWithItsLength(string range)
    {
        Answer refused = await GetAsync(("Range", range));
        Assert.Equal((416, "bytes */10", "no-store", "application/problem+json"), (refused.Status, refused.Headers["Content-Range"], refused.Headers["Cache-Control"], refused.Headers["Content-Type"]));
        Assert.Contains("it has 10 bytes", refused.Json.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("bytes=5-3")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=")]
    [InlineData("lines=1-2")]
    [InlineData("bytes=0-1,4-5")]
    [InlineData("bytes=99999999999999999999-")]
    public async Task Get_ARangeThatIsNotUnderstood_IsAllOfIt(string range)
    {
        Answer whole = await GetAsync(("Range", range));
        Assert.Equal((200, Content), (whole.Status, whole.Text));
    }

    [Theory]
    [InlineData("{tag}", 206, "34")]
    [InlineData("W/{tag}", 200, Content)]
    [InlineData("\"other\"", 200, Content)]
    [InlineData("{modified}", 200, Content)]
    [InlineData("nonsense", 200, Content)]
    public async Task Get_ARangeOfWhatItWas_IsAllOfItWhereThatIsNotCertain(string ifRange, int status, string expected)
    {
        string value = ifRange.Replace("{tag}", Tag).Replace("{modified}", (await GetAsync()).Headers["Last-Modified"]);
        Answer answer = await GetAsync(("Range", "bytes=3-4"), ("If-Range", value));
        Assert.Equal((status, expected), (answer.Status, answer.Text));
    }

    [Theory]
    [InlineData("If-None-Match", "{tag}", 304)]
    [InlineData("If-None-Match", "W/{tag}", 304)]
    [InlineData("If-None-Match", "\"other\", {tag}", 304)]
    [InlineData("If-None-Match", "*", 304)]
    [InlineData("If-None-Match", "\"other\"", 200)]
    [InlineData("If-Match", "{tag}", 200)]
    [InlineData("If-Match", "*", 200)]
    [InlineData("If-Match", "W/{tag}", 412)]
    [InlineData("If-Match", "\"other\"", 412)]
    [InlineData("If-Modified-Since", "{modified}", 304)]
    [InlineData("If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT", 200)]
    [InlineData("If-Modified-Since", "nonsense", 200)]
    [InlineData("If-Unmodified-Since", "{modified}", 200)]
    [InlineData("If-Unmodified-Since", "Thu, 01 Jan 2015 00:00:00 GMT", 412)]
    public async Task Get_UnderACondition_IsSentWhereItHolds(string name, string value, int status)
    {
        string asked = value.Replace("{tag}", Tag).Replace("{modified}", (await GetAsync()).Headers["Last-Modified"]);
        Answer answer = await GetAsync((name, asked));
        Assert.Equal(status, answer.Status);
        Assert.Equal(Tag, answer.Headers["ETag"]);
        Assert.Equal(status == 412, answer.Text.Contains("\"status\":412", StringComparison.Ordinal));
        if (status == 304)
            Assert.Equal(("", "max-age=3600, private"), (answer.Text, answer.Headers["Cache-Control"]));
    }

    [Fact]
    public async Task Get_SeveralConditions_AreTakenInTheirOrder()
    {
        Assert.Equal(412, (await GetAsync(("If-Match", "\"other\""), ("If-None-Match", Tag))).Status);
        Assert.Equal(304, (await GetAsync(("If-None-Match", Tag), ("Range", "bytes=3-4"))).Status);
        Assert.Equal(412, (await GetAsync(("If-Match", "\"other\""), ("Range", "bytes=99-"))).Status);
        // Tags say more than dates, which are then left alone.
        Assert.Equal(200, (await GetAsync(("If-None-Match", "\"other\""), ("If-Modified-Since", "Thu, 01 Jan 2099 00:00:00 GMT"))).Status);
        Assert.Equal(206, (await GetAsync(("If-Match", Tag), ("If-Unmodified-Since", "Thu, 01 Jan 2015 00:00:00 GMT"), ("Range", "bytes=3-4"))).Status);
    }

    [Fact]
    public async Task Head_OfABlob_IsItsHeadersWithoutIt()
    {
        Answer head = await downloads.Site.SendAsync(HttpMethod.Head, Url);
        Assert.Equal((200, "", "10", "bytes", Tag), (head.Status, head.Text, head.Headers["Content-Length"], head.Headers["Accept-Ranges"], head.Headers["ETag"]));
        Answer ranged = await downloads.Site.SendAsync(HttpMethod.Head, Url, headers: ("Range", "bytes=3-4"));
        Assert.Equal((200, "10"), (ranged.Status, ranged.Headers["Content-Length"]));
        Assert.Equal(304, (await downloads.Site.SendAsync(HttpMethod.Head, Url, headers: ("If-None-Match", Tag))).Status);
        Assert.Equal(404, (await downloads.Site.SendAsync(HttpMethod.Head, Url.Replace("aaaa", "bbbb"))).Status);
    }

    [Theory]
    [InlineData("/api/v1/sweeps", "application/json; charset=utf-8")]
    [InlineData("/api/v1/sweeps/cats-1/experiments/1/logs/1", "text/plain; charset=utf-8")]
    [InlineData("/api/v1/sweeps/cats-1/events", "text/event-stream")]
    public async Task Head_OfAnyThingToRead_EndsWithoutABody(string path, string type)
    {
        Answer head = await downloads.Site.SendAsync(HttpMethod.Head, path);
        Assert.Equal((200, "", type), (head.Status, head.Text, head.Headers["Content-Type"]));
    }

    [Fact]
    public async Task Head_OfWhatChangesThings_IsNotTaken()
    {
        Answer refused = await downloads.Site.SendAsync(HttpMethod.Head, "/api/v1/sweeps/cats-1/pause");
        Assert.Equal((405, "POST"), (refused.Status, refused.Headers["Allow"]));
    }

    [Fact]
    public async Task Get_ReplacedBetweenLookingAndReading_IsOneBlobThroughout()
    {
        IBlobStore store = downloads.Site.Store;
        await store.WriteTextAsync("changing", "old content");
        Assert.Equal((206, "bytes 3-6/16", " mea"), await AnswerAsync(new ReplacedStore(store, times: 1)));
        Assert.Equal(4, (await Assert.ThrowsAsync<Coordinator.App.UserException>(() => AnswerAsync(new ReplacedStore(store, times: 9)))).ExitCode);
    }

    private static async Task<(int Status, string Range, string Text)> AnswerAsync(IBlobStore store)
    {
        DefaultHttpContext context = new();
        context.Request.Method = "GET";
        context.Request.Headers.Range = "bytes=3-6";
        using MemoryStream body = new();
        context.Response.Body = body;
        IResult answer = await BlobResult.OpenAsync(store, context, "changing", "text/plain", "no-cache", null, "gone", CancellationToken.None);
        await answer.ExecuteAsync(context);
        return (context.Response.StatusCode, context.Response.Headers.ContentRange.ToString(), System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }

    private Task<Answer> GetAsync(params (string, string)[] headers) => downloads.Site.SendAsync(HttpMethod.Get, Url, headers: headers);

    /// <summary>A server with a checkpoint of ten bytes.</summary>
    public sealed class Downloads : IAsyncLifetime
    {
        internal Site Site { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Site = await Site.StartAsync(async s =>
        {
            FakeSweep sweep = await Cats.WriteAsync(s.Store);
            await sweep.CheckpointAsync(4, 500);
            await s.Store.WriteTextAsync("checkpoint-4-500", Content);
        });

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }

    /// <summary>A store in which somebody replaces a blob just before a part of it is opened.</summary>
    private sealed class ReplacedStore(IBlobStore inner, int times) : IBlobStore
    {
        private int replaced;

        public string Uri => inner.Uri;

        public Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken) => inner.OpenReadAsync(name, cancellationToken);

        public async Task<BlobReading?> OpenRangeAsync(string name, long offset, long? length, BlobVersion? version, CancellationToken cancellationToken)
        {
            if (replaced++ < times)
                await inner.WriteTextAsync(name, "the meaning of 42"[..16], cancellationToken: cancellationToken);
            return await inner.OpenRangeAsync(name, offset, length, version, cancellationToken);
        }

        public Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken) => inner.WriteAsync(name, write, condition, cancellationToken);

        public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) => inner.GetInfoAsync(name, cancellationToken);

        public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
    }
}
