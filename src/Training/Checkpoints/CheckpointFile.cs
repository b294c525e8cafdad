using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CatGan.Abstractions.Experiments;
using CatGan.Storage;
using CatGan.Training.Networks;
using CatGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Checkpoints;

/// <summary>A checkpoint that is read: whole, of this kind and version, or refused with the reason.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private readonly string _path;
    private readonly SafetensorsFile _file;

    private CheckpointFile(string path, SafetensorsFile file) => (_path, _file) = (path, file);

    /// <summary>The options it was trained with.</summary>
    public ExperimentOptions Options =>
        ExperimentSettings.Create(Json<Dictionary<string, string>>(CheckpointFormat.OptionsKey), out IReadOnlyList<string> faults)
        ?? throw Invalid($"its options are not valid here: {string.Join("; ", faults)}");

    /// <summary>The experiment's seed.</summary>
    public long Seed => Number(CheckpointFormat.SeedKey);

    /// <summary>Opens a file and checks that it is a checkpoint.</summary>
    /// <exception cref="InvalidCheckpointException">It is torn or of another kind.</exception>
    public static CheckpointFile Open(string path)
    {
        SafetensorsFile file;
        try
        {
            file = SafetensorsFile.Open(path);
        }
        catch (SafetensorsException e)
        {
            throw new InvalidCheckpointException($"{path} is no whole checkpoint: {e.Message}", e);
        }
        CheckpointFile checkpoint = new(path, file);
        try
        {
            checkpoint.CheckKind();
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>Puts a session where the checkpoint left it.</summary>
    /// <exception cref="InvalidCheckpointException">It belongs to another experiment; the message names what differs.</exception>
    public void RestoreInto(TrainingSession session)
    {
        CheckExperiment(session);
        foreach ((string name, Tensor tensor) in CheckpointFormat.Tensors(session))
            Read(name, tensor);
        RestoreChance(session);
        RestoreCounters(session);
        session.Progress = Json<Progress>(CheckpointFormat.ProgressKey);
    }

    /// <summary>Fills the averaged generator alone.</summary>
    public void RestoreAveraged(Network averaged)
    {
        foreach ((string name, Tensor tensor) in CheckpointFormat.Views(CheckpointFormat.AveragedPrefix, averaged))
            Read(name, tensor);
        averaged.BatchesTracked = Json<CheckpointFormat.Counters>(CheckpointFormat.CountersKey).AveragedBatches;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void CheckKind()
    {
        string kind = _file.Metadata.GetValueOrDefault(CheckpointFormat.FormatKey, "none");
        if (kind != CheckpointFormat.Kind)
            throw Invalid($"its format is {kind}, but must be {CheckpointFormat.Kind}");
        string version = _file.Metadata.GetValueOrDefault(CheckpointFormat.VersionKey, "none");
        if (version != CheckpointFormat.Version)
            throw Invalid($"its version is {version}, but must be {CheckpointFormat.Version}");
    }

    /// <summary>All that decides the numbers must be the same; a plan may grow where no schedule hangs on its budget.</summary>
    private void CheckExperiment(TrainingSession session)
    {
        ImmutableSortedDictionary<string, string> now = CheckpointFormat.Settings(session.Job.Options);
        Dictionary<string, string> then = Json<Dictionary<string, string>>(CheckpointFormat.OptionsKey);
        List<string> differences = [.. now.Where(s => then.GetValueOrDefault(s.Key) != s.Value)
            .Select(s => $"{s.Key} is {then.GetValueOrDefault(s.Key, "missing")} in it and {s.Value} in the job")];
        if (Seed != session.Job.Seed)
            differences.Add($"seed is {Seed} in it and {session.Job.Seed} in the job");
        string data = Text(CheckpointFormat.DataKey);
        if (data != session.Data.ContentHash)
            differences.Add($"the pictures' hash is {data} in it and {session.Data.ContentHash} now");
        long budget = Json<TrainingPlan>(CheckpointFormat.PlanKey).BudgetImages;
        if (session.Job.Options.LrSchedule != LearningRateSchedule.Constant && budget != session.Job.Plan.BudgetImages)
            differences.Add($"the budget, which the learning rates follow, is {budget} images in it and {session.Job.Plan.BudgetImages} in the job");
        if (differences.Count > 0)
            throw Invalid("it belongs to another experiment: " + string.Join("; ", differences));
    }

    private void RestoreChance(TrainingSession session)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor state = session.Chance.get_state();
        Read(CheckpointFormat.ChanceName, state);
        session.Chance.set_state(state);
        session.Batches.Order.Restore(_file.ReadAs<int>(CheckpointFormat.OrderName), (int)Number(CheckpointFormat.PositionKey));
    }

    private void RestoreCounters(TrainingSession session)
    {
        CheckpointFormat.Counters counters = Json<CheckpointFormat.Counters>(CheckpointFormat.CountersKey);
        GanModel model = session.Model;
        (model.Generator.BatchesTracked, model.Discriminator.BatchesTracked, model.Averaged.BatchesTracked) =
            (counters.GeneratorBatches, counters.DiscriminatorBatches, counters.AveragedBatches);
        (model.GeneratorOptimizer.Steps, model.DiscriminatorOptimizer.Steps) = (counters.GeneratorSteps, counters.DiscriminatorSteps);
        (session.Window.CountD, session.Window.CountG) = (counters.CountD, counters.CountG);
    }

    private void Read(string name, Tensor target)
    {
        TensorSpec wanted = TensorBytes.SpecOf(name, target);
        if (!_file.TryGet(name, out TensorEntry entry))
            throw Invalid($"tensor {name} is missing");
        if (entry.Type != wanted.Type || !entry.Shape.SequenceEqual(wanted.Shape))
            throw Invalid($"tensor {name} is {entry.Type} [{string.Join(", ", entry.Shape)}], but must be {wanted.Type} [{string.Join(", ", wanted.Shape)}]");
        TensorBytes.Read(_file, entry, target);
    }

    private string Text(string key) => _file.Metadata.GetValueOrDefault(key) ?? throw Invalid($"its {key} is missing");

    private long Number(string key) => long.TryParse(Text(key), CultureInfo.InvariantCulture, out long number)
        ? number
        : throw Invalid($"its {key} is {Text(key)}, but must be a whole number");

    private T Json<T>(string key)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Text(key)) ?? throw Invalid($"its {key} is null");
        }
        catch (JsonException e)
        {
            throw new InvalidCheckpointException($"{_path} cannot be taken: its {key} cannot be read: {e.Message}", e);
        }
    }

    private InvalidCheckpointException Invalid(string why) => new($"{_path} cannot be taken: {why}.");
}
