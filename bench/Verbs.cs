using CatGan.Bench.Telemetry;

namespace CatGan.Bench;

/// <summary>Every verb.</summary>
internal static class Verbs
{
    public static IReadOnlyList<IVerb> All { get; } =
    [
        new StepsVerb(),
        new MetricsVerb(),
        new TrainVerb(),
        new SlotsVerb(),
        new CheckpointVerb(),
        new TelemetryVerb(),
        new EventsVerb(),
        new ScaleVerb(),
        new SearchVerb(),
        new ServeVerb(),
    ];
}
