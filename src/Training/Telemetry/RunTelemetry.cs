using CatGan.Abstractions.Experiments;
using CatGan.Training.Networks;
using CatGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Telemetry;

/// <summary>
/// Adds up what one run does between two reports. A step is not touched: its time is what is left of the window's when
/// waits for data, reports and checkpoints are taken away.
/// </summary>
internal sealed class RunTelemetry
{
    private readonly TrainingSession _session;
    private readonly TrainingMeters? _meters;
    private readonly TimeProvider _time;
    private long _windowStart;
    private (long Images, long Updates, long Steps, TimeSpan Data) _before;
    private TimeSpan _reporting;
    private TimeSpan _stalled;

    public RunTelemetry(TrainingSession session, TrainingMeters? meters, TimeProvider time)
    {
        (_session, _meters, _time) = (session, meters, time);
        Open();
    }

    /// <summary>Makes a report, and raises what it and the window before it tell.</summary>
    public CurvePoint Report(Func<CurvePoint> make)
    {
        if (_meters is null)
            return make();
        var flags = _session.Progress.Flags;
        (double? normD, double? normG) = _meters.WantsNorms ? Norms() : default;
        CurvePoint point = Aside(make);
        Raise(
            [.. _session.Progress.Flags.Keys.Except(flags.Keys)],
            facts => facts with
            {
                LossD = point.LossD,
                LossG = point.LossG,
                NormD = normD,
                NormG = normG,
                Scores = [.. point.Scores.Select(s => (s.Key, s.Value.Value))],
                Full = point.Full,
            });
        return point;
    }

    /// <summary>Does something that belongs to reports and not to steps.</summary>
    public T Aside<T>(Func<T> work)
    {
        long started = _time.GetTimestamp();
        T made = work();
        _reporting += _time.GetElapsedTime(started);
        return made;
    }

    /// <summary>Copies a checkpoint and hands it on.</summary>
    public void Checkpoint(Action copy)
    {
        long started = _time.GetTimestamp();
        copy();
        TimeSpan held = _time.GetElapsedTime(started);
        _stalled += held;
        _meters?.Stall(_session.Job.Options.Preset, held);
    }

    /// <summary>What was trained since the last report counts too, where a run leaves between two.</summary>
    public void Left()
    {
        if (_meters is not null)
            Raise([], facts => facts);
    }

    private void Raise(IReadOnlyList<string> raised, Func<ReportFacts, ReportFacts> add)
    {
        (long images, long updates, long steps, TimeSpan data) = Now;
        TimeSpan waited = data - _before.Data;
        TimeSpan compute = _time.GetElapsedTime(_windowStart) - _reporting - _stalled - waited;
        _meters!.Report(add(new ReportFacts
        {
            Variant = _session.Job.Options.Preset,
            Images = images - _before.Images,
            Updates = updates - _before.Updates,
            Steps = steps - _before.Steps,
            Compute = compute > TimeSpan.Zero ? compute : TimeSpan.Zero,
            Data = waited,
            Reporting = _reporting,
            Scores = [],
            Full = false,
            Raised = raised,
        }));
        Open();
    }

    private void Open()
    {
        (_windowStart, _before) = (_time.GetTimestamp(), Now);
        (_reporting, _stalled) = (TimeSpan.Zero, TimeSpan.Zero);
    }

    private (long Images, long Updates, long Steps, TimeSpan Data) Now =>
        (_session.Progress.Images, _session.Progress.Updates, _session.Progress.CriticUpdates, _session.Batches.Waited);

    // A network that was not updated in this window has the gradients of nothing.
    private (double? D, double? G) Norms() => (
        _session.Window.CountD == 0 ? null : Norm(_session.Model.Discriminator),
        _session.Window.CountG == 0 ? null : Norm(_session.Model.Generator));

    private static double? Norm(Network network)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return network.Gradients?.norm().item<float>();
    }
}
