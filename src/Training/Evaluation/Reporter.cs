using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Training.Steps;
using CatGan.Training.Verdicts;
using static TorchSharp.torch;

namespace CatGan.Training.Evaluation;

/// <summary>Makes reports and sample grids of a session. Changes nothing of its training but the loss window and what it has reported.</summary>
internal sealed class Reporter : IDisposable
{
    private const int SampleCount = 64;
    private const int SampleColumns = 8;
    private readonly TrainingSession _session;
    private readonly IEvaluator _evaluator;
    private readonly AveragedPictures _pictures;
    private readonly Youth _youth;
    private readonly TimeProvider _time;
    private long _takenAt = -1;

    public Reporter(TrainingSession session, IEvaluator evaluator, TimeProvider time)
    {
        (_session, _evaluator, _time) = (session, evaluator, time);
        _pictures = new AveragedPictures(session.Job.Options, session.Model.Device, session.Job.Seed);
        _youth = Youth.Of(session.Job.Plan, session.Job.Options.Batch, session.Model.Variant.CriticSteps);
    }

    /// <summary>Time that scores and sample grids have taken.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>A PNG of the one z of all grids; null where the evaluator draws none.</summary>
    public byte[]? Samples() => Timed(Draw);

    /// <summary>The report of now; opens a new loss window.</summary>
    /// <param name="full">True for the full score of a rung or the end.</param>
    public CurvePoint Report(bool full)
    {
        Progress p = _session.Progress;
        double? lossD = _session.Window.MeanD, lossG = _session.Window.MeanG;
        string? fault = Fault(lossD, lossG);
        ImmutableSortedDictionary<string, Score> scores = fault is null ? Timed(() => Score(full)) : ImmutableSortedDictionary<string, Score>.Empty;
        if (scores.FirstOrDefault(s => !double.IsFinite(s.Value.Value)).Key is { } broken)
            (fault, scores) = ($"{broken} of the generator's pictures is not finite.", ImmutableSortedDictionary<string, Score>.Empty);
        Raise(fault is null ? Judge(lossD, lossG, scores) : [(Flags.Diverged, fault)]);
        double seconds = p.Seconds - p.ReportSeconds;
        p.Last = new CurvePoint
        {
            Images = p.Images,
            Updates = p.Updates,
            Seconds = p.Seconds,
            ImagesPerSecond = seconds > 0 ? (p.Images - p.ReportImages) / seconds : 0,
            LossD = Finite(lossD),
            LossG = Finite(lossG),
            Scores = scores,
            Full = full,
            Flags = p.Flags,
        };
        (p.ReportImages, p.ReportSeconds) = (p.Images, p.Seconds);
        _session.Window.Clear();
        return p.Last;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pictures.Dispose();
        _evaluator.Dispose();
    }

    private byte[]? Draw()
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using Generator chance = new((ulong)Seeds.Of(_session.Job.Seed, SeedPurpose.Samples));
        TakeOnce();
        return _evaluator.Draw(_pictures.Generate(_pictures.Z(SampleCount, chance)), SampleColumns);
    }

    private ImmutableSortedDictionary<string, Score> Score(bool full)
    {
        TrainingPlan plan = _session.Job.Plan;
        ScoreSize size = full ? plan.FullScore : plan.QuickScore;
        if (size.Pictures == 0) // a plan that scores at rungs alone
            return ImmutableSortedDictionary<string, Score>.Empty;
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        long seed = Seeds.Of(_session.Job.Seed, SeedPurpose.Score, _session.Progress.Images);
        using Generator chance = new((ulong)seed);
        TakeOnce();
        return _evaluator.Score(count => _pictures.Generate(_pictures.Z(count, chance)), size, seed);
    }

    private T Timed<T>(Func<T> work)
    {
        long started = _time.GetTimestamp();
        T made = work();
        Spent += _time.GetElapsedTime(started);
        return made;
    }

    /// <summary>A grid and a score at the same images share the copy, whose statistics cost half of a grid.</summary>
    private void TakeOnce()
    {
        if (_takenAt == _session.Progress.Images)
            return;
        _pictures.Take(_session.Model.Averaged);
        _takenAt = _session.Progress.Images;
    }

    private string? Fault(double? lossD, double? lossG) => (lossD, lossG) switch
    {
        ({ } d, _) when !double.IsFinite(d) => $"The discriminator's loss is {d}.",
        (_, { } g) when !double.IsFinite(g) => $"The generator's loss is {g}.",
        _ => _session.Model.IsFinite() ? null : "A weight is not finite.",
    };

    private void Raise(IEnumerable<(string Flag, string Reason)> flags)
    {
        foreach ((string flag, string reason) in flags)
        {
            if (!_session.Progress.Flags.ContainsKey(flag))
                _session.Progress.Flags = _session.Progress.Flags.Add(flag, reason);
        }
    }

    private IEnumerable<(string Flag, string Reason)> Judge(double? lossD, double? lossG, ImmutableSortedDictionary<string, Score> scores)
    {
        if (lossD is null || scores.Count == 0)
            return [];
        Progress p = _session.Progress;
        Score? swd = scores.GetValueOrDefault("swd"), likeness = scores.GetValueOrDefault("ms_ssim");
        p.Evidence.Add(new Evidence(
            p.Images,
            p.Updates,
            _youth.Holds(p.Images, p.Updates),
            lossD.Value,
            lossG,
            _session.Model.Variant.Constraint.FractionAtBound(_session.Model.Discriminator),
            swd?.Value,
            swd is null ? default : new ScoreSize(swd.Pictures, swd.Patches),
            likeness?.Value,
            likeness?.Floor));
        return _session.Model.Variant.Verdicts
            .Select(v => (v.Flag, Reason: v.Judge(p.Evidence)))
            .Where(v => v.Reason is not null)
            .Select(v => (v.Flag, v.Reason!));
    }

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
