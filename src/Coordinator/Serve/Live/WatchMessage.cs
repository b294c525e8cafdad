using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using CatGan.Search;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>One message to the watchers of a sweep, written once for all of them.</summary>
/// <param name="Type">What it is: an event's type, <c>status</c>, <c>reset</c>, <c>fault</c> or <c>alive</c>.</param>
/// <param name="Json">Its content.</param>
/// <param name="Position">Where to go on after it: an event's place in the journal; null for what does not say.</param>
internal sealed record WatchMessage(string Type, string Json, EventPosition? Position = null)
{
    /// <summary>Events were missed: the watcher must read the sweep anew.</summary>
    public static WatchMessage Reset { get; } = new("reset", "{}");

    /// <summary>A sign of life, so that connections are not cut for being silent.</summary>
    public static WatchMessage Alive { get; } = new("alive", "{}");

    /// <summary>Where the sweep stands.</summary>
    /// <param name="json">The status.</param>
    /// <param name="position">The place in the journal up to which it knows all; null for what comes amid events.</param>
    public static WatchMessage Status(string json, EventPosition? position = null) => new("status", json, position);

    /// <summary>What cannot be read at the moment.</summary>
    public static WatchMessage Fault(string detail) => new("fault", JsonSerializer.Serialize(new { detail }));

    /// <summary>An event of the journal; of a submission without its definition, which may be long.</summary>
    public static WatchMessage Of(JournalEntry entry)
    {
        string json = entry.Event is SweepSubmitted submitted
            ? JsonSerializer.Serialize(new { type = "submitted", at = submitted.At, name = submitted.Definition.Name, capacity = submitted.Capacity })
            : Encoding.UTF8.GetString(SweepEvents.Write(entry.Event));
        using JsonDocument document = JsonDocument.Parse(json);
        return new(document.RootElement.GetProperty("type").GetString()!, json, entry.Position);
    }

    /// <summary>The message as a server-sent event.</summary>
    public SseItem<string> ToSse() => Position is { } position ? new(Json, Type) { EventId = position.ToString() } : new(Json, Type);
}
