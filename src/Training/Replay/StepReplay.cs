using CatGan.Training.Networks;
using CatGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Replay;

/// <summary>How far a replay is from the record.</summary>
/// <param name="Variant">The record's configuration.</param>
/// <param name="MaxLossError">Largest |difference| / max(1, |expected|) over all losses.</param>
/// <param name="WeightError">Mean |difference| / mean |final − init| over all trainable parameters of both networks together.</param>
/// <param name="BufferError">Largest relative difference of the batch-norm statistics; 0 without any.</param>
/// <param name="CountsExact">True when every <c>num_batches_tracked</c> is the record's.</param>
internal sealed record ReplayError(string Variant, double MaxLossError, double WeightError, double BufferError, bool CountsExact)
{
    /// <summary>Within what two builds of libtorch may differ by: see docs/maths.md.</summary>
    public bool IsOk => MaxLossError <= 1e-5 && WeightError <= 0.05 && BufferError <= 0.01 && CountsExact;
}

/// <summary>Runs the train step over a record and compares.</summary>
internal static class StepReplay
{
    /// <exception cref="CatGan.Storage.SafetensorsException">The file is none.</exception>
    /// <exception cref="InvalidDataException">It is no record of training steps.</exception>
    public static ReplayError Run(string path)
    {
        set_num_threads(1); // as the record was made
        using RecordedSteps record = new(path);
        using DisposeScope scope = NewDisposeScope();
        using GanModel model = new(record.Options, CPU);
        Load(record, "init.G.", model.Generator);
        Load(record, "init.D.", model.Discriminator);
        double lossError = Losses(record, new TrainStep(model));
        WeightSums sums = Compare(record, "G.", model.Generator) + Compare(record, "D.", model.Discriminator);
        return new ReplayError(record.Name, lossError, sums.Difference / sums.Moved, sums.Buffer, sums.CountsExact);
    }

    private static double Losses(RecordedSteps record, TrainStep step)
    {
        float[] expectedD = Values(record, "expect.loss_d"), expectedG = Values(record, "expect.loss_g");
        int critic = record.Options.NCritic;
        double worst = 0;
        for (int i = 0; i < record.Iterations * critic; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            bool last = (i + 1) % critic == 0;
            StepLosses losses = step.Run(record, last, record.Options.LrD, record.Options.LrG);
            worst = Worse(worst, RelativeToOne(losses.Discriminator.item<float>(), expectedD[i]));
            if (last)
                worst = Worse(worst, RelativeToOne(losses.Generator!.item<float>(), expectedG[i / critic]));
        }
        return worst;
    }

    private static void Load(RecordedSteps record, string prefix, Network network)
    {
        using IDisposable noGradient = no_grad();
        foreach (NamedView view in network.WeightViews.Concat(network.StatisticViews))
        {
            using DisposeScope scope = NewDisposeScope();
            view.Tensor.copy_(tensor(Values(record, prefix + view.Name)).view(view.Shape));
        }
        network.BatchesTracked = Counters(network).Select(name => record.Whole(prefix + name) ?? 0).FirstOrDefault();
    }

    private static WeightSums Compare(RecordedSteps record, string network, Network trained)
    {
        WeightSums sums = new(0, 0, 0, true);
        foreach (NamedView view in trained.WeightViews)
        {
            float[] init = Values(record, $"init.{network}{view.Name}"), final = Values(record, $"final.{network}{view.Name}");
            float[] now = [.. view.Tensor.data<float>()];
            for (int i = 0; i < now.Length; i++)
                sums = sums with { Difference = sums.Difference + Math.Abs((double)now[i] - final[i]), Moved = sums.Moved + Math.Abs((double)final[i] - init[i]) };
        }
        foreach (NamedView view in trained.StatisticViews)
        {
            float[] final = Values(record, $"final.{network}{view.Name}");
            sums = view.Tensor.data<float>().Zip(final).Aggregate(sums, (s, p) => s with { Buffer = Worse(s.Buffer, Relative(p.First, p.Second)) });
        }
        return sums with { CountsExact = Counters(trained).All(name => record.Whole($"final.{network}{name}") == trained.BatchesTracked) };
    }

    private static IEnumerable<string> Counters(Network network) => network.StatisticViews
        .Where(v => v.Name.EndsWith("running_mean", StringComparison.Ordinal))
        .Select(v => v.Name.Replace("running_mean", "num_batches_tracked", StringComparison.Ordinal));

    private static float[] Values(RecordedSteps record, string name) =>
        record.Floats(name) ?? throw new InvalidDataException($"The record has no tensor {name}.");

    private static double RelativeToOne(double value, double expected) => Math.Abs(value - expected) / Math.Max(1, Math.Abs(expected));

    private static double Relative(double value, double expected) => Math.Abs(value - expected) / Math.Max(1e-3, Math.Abs(expected));

    /// <summary>The larger one, and NaN where either is: Math.Max's way.</summary>
    private static double Worse(double a, double b) => Math.Max(a, b);

    private readonly record struct WeightSums(double Difference, double Moved, double Buffer, bool CountsExact)
    {
        public static WeightSums operator +(WeightSums a, WeightSums b) =>
            new(a.Difference + b.Difference, a.Moved + b.Moved, Worse(a.Buffer, b.Buffer), a.CountsExact && b.CountsExact);
    }
}
