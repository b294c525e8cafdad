using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CatGan.Abstractions.Grains;
using CatGan.Search;

namespace CatGan.Grains.Webhooks;

/// <summary>What a notice says: the JSON of docs/webhook.md.</summary>
internal static class NoticeWords
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A notice on its way; null when the sweep has no webhook.</summary>
    public static NoticeView? View(string id, Sweep sweep, Notice notice)
    {
        if (sweep.Definition.Webhook is not { } webhook)
            return null;
        JsonObject body = new()
        {
            ["delivery"] = FormattableString.Invariant($"{id}/{notice.Id}"),
            ["event"] = notice.Event,
            ["at"] = notice.At.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["sweep"] = id,
            ["name"] = sweep.Definition.Name,
        };
        if (notice.Experiment is { } number)
            body["experiment"] = About(sweep.Experiments[number - 1]);
        else
            Summarise(body, sweep);
        return new NoticeView(webhook.Url, webhook.Secret, notice.At, notice.Event, body.ToJsonString(Json));
    }

    private static JsonObject About(Experiment experiment) => new()
    {
        ["number"] = experiment.Number,
        ["outcome"] = Word(experiment.Outcome),
        ["reason"] = experiment.Reason,
        ["images"] = experiment.Images,
        ["parameters"] = new JsonObject(experiment.Configuration.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
    };

    private static void Summarise(JsonObject body, Sweep sweep)
    {
        body["experiments"] = sweep.Total;
        body["outcomes"] = new JsonObject(Enum.GetValues<ExperimentOutcome>().Where(o => sweep.CountOf(o) > 0)
            .Select(o => KeyValuePair.Create(Word(o)!, (JsonNode?)sweep.CountOf(o))));
        body["images"] = sweep.Images;
        if (sweep.Best is { BestScore: { } score } best)
            body["best"] = new JsonObject { ["experiment"] = best.Number, ["metric"] = sweep.Definition.Objective.Metric, ["value"] = score };
    }

    private static string? Word(ExperimentOutcome? outcome) => outcome is { } o ? JsonNamingPolicy.SnakeCaseLower.ConvertName(o.ToString()) : null;
}
