using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Watching;

/// <summary>One JSON object a line for each change; for scripts. The same object as <c>catgan status --json</c> prints.</summary>
internal sealed class JsonView(TextWriter output, TextWriter notices) : IWatchView
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // A score that is no number is told as such, not by a fault.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A status as JSON on one line.</summary>
    public static string Write(SweepStatus status)
    {
        JsonObject json = JsonSerializer.SerializeToNode(status, Options)!.AsObject();
        bool limited = status.Total == 0 || status.BudgetImages / status.Total < TrainingPlan.NoLimit;
        foreach (JsonObject part in limited ? [] : json["experiments"]!.AsArray().Select(e => e!.AsObject()).Prepend(json))
            part.Remove("budget_images");
        json.Remove("budget_time");
        if (status.BudgetTime is { } time)
            json["budget_seconds"] = time.TotalSeconds;
        return json.ToJsonString(Options);
    }

    /// <summary>The status that <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is none.</exception>
    public static SweepStatus Read(string text)
    {
        JsonObject json = JsonNode.Parse(text)!.AsObject();
        foreach (JsonObject experiment in json["experiments"]?.AsArray().Select(e => e!.AsObject()) ?? [])
            experiment.TryAdd("budget_images", TrainingPlan.NoLimit);
        json.TryAdd("budget_images", TrainingPlan.NoLimit * (long)(json["total"] ?? 0));
        double? seconds = (double?)json["budget_seconds"];
        json.Remove("budget_seconds");
        SweepStatus status = json.Deserialize<SweepStatus>(Options) ?? throw new JsonException("a status is null");
        return status with { BudgetTime = seconds is { } time ? TimeSpan.FromSeconds(time) : null };
    }

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
