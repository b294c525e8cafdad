using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CatGan.Abstractions.Experiments;
using CatGan.Training.Networks;
using CatGan.Training.Steps;
using static TorchSharp.torch;

namespace CatGan.Training.Checkpoints;

/// <summary>What a checkpoint file holds, by name: see docs/formats.md.</summary>
internal static class CheckpointFormat
{
    public const string Kind = "catgan-checkpoint";
    public const string Version = "2";
    public const string FormatKey = "format";
    public const string VersionKey = "version";
    public const string OptionsKey = "options";
    public const string PlanKey = "plan";
    public const string SeedKey = "seed";
    public const string DataKey = "data";
    public const string ProgressKey = "progress";
    public const string CountersKey = "counters";

    public const string GeneratorPrefix = "generator.";
    public const string DiscriminatorPrefix = "discriminator.";
    public const string AveragedPrefix = "averaged.";
    public const string ChanceName = "chance";
    public const string OrderName = "order";
    public const string PositionKey = "position";

    /// <summary>Counters that stand beside the tensors.</summary>
    internal sealed record Counters(
        long GeneratorBatches, long DiscriminatorBatches, long AveragedBatches, long GeneratorSteps, long DiscriminatorSteps, long CountD, long CountG);

    /// <summary>The tensors that training changes in place, by their names in a file.</summary>
    public static IReadOnlyList<(string Name, Tensor Tensor)> Tensors(TrainingSession session)
    {
        GanModel model = session.Model;
        return
        [
            .. Views(GeneratorPrefix, model.Generator),
            .. Views(DiscriminatorPrefix, model.Discriminator),
            .. Views(AveragedPrefix, model.Averaged),
            .. model.GeneratorOptimizer.State.Select(s => ("optimizer_g." + s.Name, s.Tensor)),
            .. model.DiscriminatorOptimizer.State.Select(s => ("optimizer_d." + s.Name, s.Tensor)),
            ("losses.d", session.Window.SumD),
            ("losses.g", session.Window.SumG),
        ];
    }

    /// <summary>A network's tensors by name.</summary>
    public static IEnumerable<(string Name, Tensor Tensor)> Views(string prefix, Network network) =>
        network.WeightViews.Concat(network.StatisticViews).Select(v => (prefix + v.Name, v.Tensor));

    /// <summary>Options as a spec writes them.</summary>
    public static ImmutableSortedDictionary<string, string> Settings(ExperimentOptions options) =>
        ExperimentSettings.All.ToImmutableSortedDictionary(s => s.Name, s => s.ValueIn(options));

    /// <summary>The header's metadata.</summary>
    public static ImmutableSortedDictionary<string, string> Metadata(TrainingSession session)
    {
        Dictionary<string, string> metadata = new()
        {
            [FormatKey] = Kind,
            [VersionKey] = Version,
            [OptionsKey] = JsonSerializer.Serialize(Settings(session.Job.Options)),
            [PlanKey] = JsonSerializer.Serialize(session.Job.Plan),
            [SeedKey] = session.Job.Seed.ToString(CultureInfo.InvariantCulture),
            [DataKey] = session.Data.ContentHash,
            [ProgressKey] = JsonSerializer.Serialize(session.Progress),
            [CountersKey] = JsonSerializer.Serialize(Count(session)),
            [PositionKey] = session.Batches.Order.Position.ToString(CultureInfo.InvariantCulture),
        };
        return metadata.ToImmutableSortedDictionary();
    }

    private static Counters Count(TrainingSession session) => new(
        session.Model.Generator.BatchesTracked,
        session.Model.Discriminator.BatchesTracked,
        session.Model.Averaged.BatchesTracked,
        session.Model.GeneratorOptimizer.Steps,
        session.Model.DiscriminatorOptimizer.Steps,
        session.Window.CountD,
        session.Window.CountG);
}
