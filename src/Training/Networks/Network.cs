using CatGan.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Networks;

/// <summary>
/// A sequence of layers whose trainable tensors are views of one flat tensor, their gradients of another and the
/// batch-norm statistics of a third: an optimizer step, an average, a clamp, a finite check or a checkpoint's copy is
/// then a handful of calls, whatever the number of layers.
/// </summary>
internal sealed class Network : IDisposable
{
    private readonly IReadOnlyList<ILayer> _layers;

    /// <summary>Allocates zeros; <see cref="Initialize"/> or a copy gives them values.</summary>
    /// <param name="layers">The layers, at their PyTorch indices.</param>
    /// <param name="device">Where the tensors live.</param>
    /// <param name="trainable">False for a network that only generates and so needs no gradients.</param>
    /// <exception cref="UnsoundMachineException">This machine's processor computes convolutions wrongly.</exception>
    public Network(IReadOnlyList<ILayer> layers, Device device, bool trainable)
    {
        if (device.type == DeviceType.CPU)
            Convolutions.Ensure();
        _layers = layers;
        using DisposeScope scope = NewDisposeScope();
        Weights = scope.Detach(zeros(Total(layers, l => l.Weights), dtype: ScalarType.Float32, device: device));
        Statistics = scope.Detach(zeros(Total(layers, l => l.Statistics), dtype: ScalarType.Float32, device: device));
        Gradients = trainable ? scope.Detach(zeros_like(Weights)) : null;
        WeightViews = Views(layers, l => l.Weights, Weights, scope);
        StatisticViews = Views(layers, l => l.Statistics, Statistics, scope);
        if (Gradients is not null)
            BindGradients(Views(layers, l => l.Weights, Gradients, scope));
        BindLayers();
    }

    /// <summary>All trainable numbers, in the order of <see cref="WeightViews"/>.</summary>
    public Tensor Weights { get; }

    /// <summary>Their gradients; null for a network that only generates.</summary>
    public Tensor? Gradients { get; }

    /// <summary>Running means and variances, in the order of <see cref="StatisticViews"/>.</summary>
    public Tensor Statistics { get; }

    /// <summary>The trainable tensors by name.</summary>
    public IReadOnlyList<NamedView> WeightViews { get; }

    /// <summary>The batch-norm statistics by name.</summary>
    public IReadOnlyList<NamedView> StatisticViews { get; }

    /// <summary>Batches that went through in training mode: <c>num_batches_tracked</c> of every batch-norm layer.</summary>
    public long BatchesTracked { get; set; }

    /// <summary>Fresh weights, drawn layer by layer.</summary>
    public void Initialize(Generator chance)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (ILayer layer in _layers)
            layer.Initialize(chance);
    }

    /// <summary>Takes over another network's weights and statistics.</summary>
    public void CopyFrom(Network other)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Weights.copy_(other.Weights);
        Statistics.copy_(other.Statistics);
        BatchesTracked = other.BatchesTracked;
    }

    /// <summary>Whether gradients flow into the weights; off for the discriminator while the generator learns.</summary>
    public void RequireGradients(bool required)
    {
        foreach (NamedView view in WeightViews)
            view.Tensor.requires_grad = required;
    }

    /// <summary>Runs all layers; the result belongs to the caller's dispose scope.</summary>
    public Tensor Forward(Tensor x, ForwardMode mode)
    {
        if (mode.Training)
            BatchesTracked++;
        using DisposeScope scope = NewDisposeScope();
        foreach (ILayer layer in _layers)
            x = layer.Forward(x, mode);
        return scope.MoveToOuter(x);
    }

    /// <summary>True when every weight and statistic is finite.</summary>
    public bool IsFinite()
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return Weights.isfinite().all().item<bool>() && Statistics.isfinite().all().item<bool>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NamedView view in WeightViews.Concat(StatisticViews))
            view.Tensor.Dispose();
        Weights.Dispose();
        Gradients?.Dispose();
        Statistics.Dispose();
    }

    private void BindGradients(IReadOnlyList<NamedView> gradients)
    {
        RequireGradients(true);
        foreach ((NamedView weight, NamedView gradient) in WeightViews.Zip(gradients))
        {
            weight.Tensor.grad = gradient.Tensor;
            gradient.Tensor.Dispose(); // the weight holds the native tensor
        }
    }

    private void BindLayers()
    {
        int weight = 0, statistic = 0;
        foreach (ILayer layer in _layers)
        {
            layer.Bind(
                [.. WeightViews.Skip(weight).Take(layer.Weights.Count).Select(v => v.Tensor)],
                [.. StatisticViews.Skip(statistic).Take(layer.Statistics.Count).Select(v => v.Tensor)]);
            weight += layer.Weights.Count;
            statistic += layer.Statistics.Count;
        }
    }

    private static List<NamedView> Views(
        IReadOnlyList<ILayer> layers, Func<ILayer, IReadOnlyList<(string Name, long[] Shape)>> tensors, Tensor flat, DisposeScope scope)
    {
        List<NamedView> views = [];
        long at = 0;
        foreach ((int index, ILayer layer) in layers.Index())
        {
            foreach ((string name, long[] shape) in tensors(layer))
            {
                long length = Count(shape);
                views.Add(new NamedView($"{index}.{name}", shape, scope.Detach(flat.narrow(0, at, length).view(shape).detach())));
                at += length;
            }
        }
        return views;
    }

    private static long Total(IReadOnlyList<ILayer> layers, Func<ILayer, IReadOnlyList<(string Name, long[] Shape)>> tensors) =>
        layers.SelectMany(tensors).Sum(t => Count(t.Shape));

    private static long Count(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);
}
