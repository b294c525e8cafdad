using CatGan.Abstractions;
using CatGan.Search;

namespace CatGan.Bench.Scale;

/// <summary>The sweep of the scale bench: a random search that looks like a real one, with its rungs evenly spread.</summary>
internal static class ScaleSweep
{
    public const string Id = "scale";
    private const long ImagesARung = 10_000;

    public static SweepSubmission Submission(int experiments, int rungs) => new("name: scale", SweepJson.Write(Definition(experiments, rungs)));

    private static SweepDefinition Definition(int experiments, int rungs) => new()
    {
        Name = Id,
        Dataset = "builtin:drawn-cats",
        BudgetImages = (rungs + 1) * ImagesARung,
        Sampler = SamplerChoice.Of("random"),
        Configurations = experiments,
        Space = new([new FixedParameter("preset", "dcgan"), new LogUniformParameter("lr_d", 1e-5, 1e-3), new LogUniformParameter("lr_g", 1e-5, 1e-3)]),
        ReportEvery = ImagesARung,
        CheckpointEvery = ImagesARung,
        SamplesEvery = ImagesARung,
        Rungs = [.. Enumerable.Range(1, rungs).Select(n => n * ImagesARung)],
    };
}
