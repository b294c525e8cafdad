using System.Text.Json;
using System.Text.Json.Serialization;
using CatGan.Abstractions;

namespace CatGan.Coordinator.Watching;

/// <summary>One JSON object a line for each change; for scripts. The same object as <c>catgan status --json</c> prints.</summary>
internal sealed class JsonView(TextWriter output, TextWriter notices) : IWatchView
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A status as JSON on one line.</summary>
    public static string Write(SweepStatus status) => JsonSerializer.Serialize(status, Options);

    /// <inheritdoc/>
    public void Say(string line) => notices.WriteLine(line);

    /// <inheritdoc/>
    public async Task<SweepStatus> ShowAsync(IAsyncEnumerable<SweepStatus> statuses)
    {
        (SweepStatus? last, string line) = (null, "");
        await foreach (SweepStatus status in statuses)
        {
            last = status;
            string next = Write(status);
            if (next != line)
                await output.WriteLineAsync(next);
            line = next;
            await output.FlushAsync();
        }
        return last!;
    }
}
