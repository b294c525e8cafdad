using System.Collections.Immutable;
using System.Globalization;
using CatGan.Abstractions.Experiments;
using CatGan.Storage;
using CatGan.Training.Checkpoints;
using CatGan.Training.Networks;
using static TorchSharp.torch;

namespace CatGan.Training.Pictures;

/// <summary>A generator as PyTorch's <c>nn.Sequential</c> would save it, in safetensors.</summary>
internal static class GeneratorExport
{
    /// <summary>Value of the file's <c>format</c>.</summary>
    public const string Kind = "catgan-generator";

    private const string Variance = ".running_var";

    /// <summary>Writes a file, whole or not at all.</summary>
    public static void Write(Network generator, ExperimentOptions options, string path)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var tensors = Tensors(generator);
        var partial = path + ".part";
        try
        {
            WriteAsync(tensors, Metadata(options), partial).GetAwaiter().GetResult();
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    // In the order of a state_dict: by layer, weights before statistics, num_batches_tracked last.
    private static List<(string Name, Tensor Tensor)> Tensors(Network generator)
    {
        List<(string Name, Tensor Tensor)> tensors = [];
        foreach (var layer in generator.WeightViews.Concat(generator.StatisticViews).GroupBy(view => view.Name[..view.Name.IndexOf('.')]))
        {
            tensors.AddRange(layer.Select(view => (view.Name, view.Tensor.detach().cpu().contiguous())));
            if (layer.Any(view => view.Name.EndsWith(Variance, StringComparison.Ordinal)))
            {
                tensors.Add(($"{layer.Key}.num_batches_tracked", tensor(generator.BatchesTracked, ScalarType.Int64)));
            }
        }

        return tensors;
    }

    private static ImmutableSortedDictionary<string, string> Metadata(ExperimentOptions options) => new Dictionary<string, string>
    {
        ["format"] = Kind,
        ["preset"] = options.Preset,
        ["size"] = options.Size.ToString(CultureInfo.InvariantCulture),
        ["z"] = options.Z.ToString(CultureInfo.InvariantCulture),
        ["hidden"] = options.HiddenG.ToString(CultureInfo.InvariantCulture),
        ["selu"] = options.Selu ? "true" : "false",
    }.ToImmutableSortedDictionary();

    private static async Task WriteAsync(List<(string Name, Tensor Tensor)> tensors, ImmutableSortedDictionary<string, string> metadata, string path)
    {
        await using FileStream destination = new(path, FileMode.Create, FileAccess.Write);
        TensorSpec[] specs = [.. tensors.Select(t => TensorBytes.SpecOf(t.Name, t.Tensor))];
        await using var writer = await SafetensorsWriter.CreateAsync(destination, specs, metadata, CancellationToken.None).ConfigureAwait(false);
        var buffer = TensorBytes.Buffer();
        foreach (var (_, value) in tensors)
        {
            await TensorBytes.WriteAsync(writer, value, buffer, CancellationToken.None).ConfigureAwait(false);
        }

        await writer.CompleteAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
