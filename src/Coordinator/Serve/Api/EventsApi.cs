using System.Net.ServerSentEvents;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>What happens to a sweep, as server-sent events.</summary>
internal sealed class EventsApi : IApiPart
{
    // A browser comes back by itself and goes on where it was; whoever's key was revoked meanwhile does not.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api) => api.MapGet("/sweeps/{sweep}/events", WatchAsync).RequireRateLimiting(Security.AccessServices.Streams).WithName("watch_sweep").WithTags("events")
        .WithSummary("Events of the journal and progress as server-sent events; goes on after `Last-Event-ID` or `after`: an event's id, or a sweep's `sequence`.").Text("text/event-stream");

    private static async Task<IResult> WatchAsync(
        SweepBoard board, TimeProvider time, HttpContext context, string sweep, [FromHeader(Name = "Last-Event-ID")] string? lastEventId, string? after, CancellationToken cancellationToken)
    {
        (TrackedSweep tracked, _) = await board.GetAsync(sweep, cancellationToken);
        string? typed = lastEventId ?? after;
        EventPosition? from = string.IsNullOrEmpty(typed) ? null : EventPosition.Parse(typed) ?? throw new UserException(
            ExitCode.BadInput, $"{typed} is no id of an event", "such ids come with the events, and a sweep's sequence is one; 0 asks for all that the journal still has");
        context.Response.Headers["X-Accel-Buffering"] = "no";
        // Asked by HEAD whether there is such a stream.
        if (HttpMethods.IsHead(context.Request.Method))
            return TypedResults.ServerSentEvents(AsyncEnumerable.Empty<SseItem<string>>());
        return TypedResults.ServerSentEvents(Items(tracked.Watch.WatchAsync(from, cancellationToken), time, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<string>> Items(
        IAsyncEnumerable<WatchMessage> messages, TimeProvider time, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        await foreach (WatchMessage message in messages.WithCancellation(cancellationToken))
        {
            yield return message.ToSse();
            if (time.GetElapsedTime(began) > Longest)
                yield break;
        }
    }
}
