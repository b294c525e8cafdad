using System.Globalization;
using CatGan.Abstractions.Experiments;
using CatGan.Storage;
using CatGan.Training.Steps;
using static TorchSharp.torch;

namespace CatGan.Training.Replay;

/// <summary>
/// A training recorded elsewhere, one safetensors file: the settings in its metadata, where both networks started,
/// what every step was fed, and what came out. The tests' reference files come from PyTorch.
/// </summary>
internal sealed class RecordedSteps : IStepInputs, IDisposable
{
    private readonly SafetensorsFile _file;
    private readonly Dictionary<string, int> _next = [];

    public RecordedSteps(string path)
    {
        _file = SafetensorsFile.Open(path);
        Options = ReadOptions();
        Iterations = int.Parse(Text("iterations"), CultureInfo.InvariantCulture);
    }

    /// <summary>What was trained.</summary>
    public ExperimentOptions Options { get; }

    /// <summary>Generator updates.</summary>
    public int Iterations { get; }

    /// <summary>The configuration's name.</summary>
    public string Name => Text("variant");

    /// <inheritdoc/>
    public Tensor Real() => Next("input.real", Options.Batch, 3, Options.Size, Options.Size);

    /// <inheritdoc/>
    public Tensor Z() => Next("input.z", Options.Batch, Options.Z, 1, 1);

    /// <inheritdoc/>
    public Tensor Mix() => Next("input.u", Options.Batch, 1, 1, 1);

    /// <summary>All numbers of a float tensor; null when the file has none of this name.</summary>
    public float[]? Floats(string name) => _file.TryGet(name, out _) ? _file.ReadAs<float>(name) : null;

    /// <summary>A whole number such as <c>num_batches_tracked</c>; null when the file has none of this name.</summary>
    public long? Whole(string name) => _file.TryGet(name, out _) ? _file.ReadAs<long>(name)[0] : null;

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>The record's leading dimensions are walked in order: that is the order in which a step asks.</summary>
    private Tensor Next(string name, params long[] shape)
    {
        int length = (int)shape.Aggregate((a, b) => a * b);
        int index = _next[name] = _next.GetValueOrDefault(name, -1) + 1;
        _file.TryGet(name, out TensorEntry entry);
        float[] values = new float[length];
        _file.Read(entry, (long)index * length * sizeof(float), System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        return tensor(values).view(shape);
    }

    private ExperimentOptions ReadOptions()
    {
        ExperimentOptions preset = Presets.Find(Name)
            ?? throw new InvalidDataException($"variant is {Name}, but must be one of {string.Join(", ", Presets.All.Select(p => p.Preset))}");
        int hidden = Whole32("hidden", preset.HiddenG);
        double[] betas = Betas(preset);
        return preset with
        {
            Selu = _file.Metadata.TryGetValue("selu", out string? selu) ? bool.Parse(selu) : preset.Selu,
            Size = Whole32("image_size", preset.Size),
            HiddenG = hidden,
            HiddenD = hidden,
            Batch = Whole32("batch", preset.Batch),
            Z = Whole32("z_size", preset.Z),
            Optimizer = Text("opt") == "rmsprop" ? OptimizerKind.RmsProp : OptimizerKind.Adam,
            LrD = Real("lr_d", preset.LrD),
            LrG = Real("lr_g", preset.LrG),
            Beta1 = betas[0],
            Beta2 = betas[1],
            Alpha = Real("alpha", preset.Alpha),
            NCritic = Whole32("critic", preset.NCritic),
            Clip = Real("clip", preset.Clip),
            Penalty = Real("penalty", preset.Penalty),
            Warmup = 0,
        };
    }

    private double[] Betas(ExperimentOptions preset) => _file.Metadata.TryGetValue("betas", out string? betas)
        ? [.. betas.Trim('(', ')', '[', ']').Split(',').Select(b => double.Parse(b, CultureInfo.InvariantCulture))]
        : [preset.Beta1, preset.Beta2];

    private string Text(string key) =>
        _file.Metadata.GetValueOrDefault(key) ?? throw new InvalidDataException($"The record's metadata has no {key}.");

    private int Whole32(string key, int otherwise) =>
        _file.Metadata.TryGetValue(key, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private double Real(string key, double otherwise) =>
        _file.Metadata.TryGetValue(key, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
