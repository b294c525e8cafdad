using CatGan.Abstractions.Experiments;
using CatGan.Training.Evaluation;
using CatGan.Training.Telemetry;
using CatGan.Training.Verdicts;

namespace CatGan.Training.Steps;

/// <summary>The loop: asks the observer, steps, and reports, draws, scores and copies where the plan says so.</summary>
internal sealed class TrainingRun(TrainingSession session, Reporter reporter, ITrainingObserver observer, RunTelemetry telemetry, TimeProvider time)
{
    /// <summary>Discriminator updates between two looks at whether the losses are finite; a look waits for the device.</summary>
    private const int FiniteCheckEvery = 64;

    private readonly TrainingPlan _plan = session.Job.Plan;
    private readonly double _secondsBefore = session.Progress.Seconds;
    private readonly long _started = time.GetTimestamp();

    public TrainingResult Go(bool fresh)
    {
        Progress p = session.Progress;
        if (p.Outcome == Outcome.Stopped)
            return Result(TrainingEnd.Finished);
        if (fresh)
            Samples();
        while (!IsOver())
        {
            TrainingCommand command = observer.NextCommand();
            if (command != TrainingCommand.Continue)
                return Leave(command);
            long before = p.Images;
            session.Step();
            p.Seconds = _secondsBefore + time.GetElapsedTime(_started).TotalSeconds;
            if (p.CriticUpdates % FiniteCheckEvery == 0 && !session.Window.IsFinite)
                return Report(full: false) ?? throw new InvalidOperationException("A loss was not finite, and then it was.");
            if (!IsOver() && WhatIsDue(before) is { } result)
                return result;
        }
        return End(Outcome.Completed, null);
    }

    /// <summary>Only whole iterations count as an end.</summary>
    private bool IsOver() => session.Progress.CriticDone == 0
        && (session.Progress.Images >= _plan.BudgetImages || session.Progress.Seconds >= (_plan.BudgetTime?.TotalSeconds ?? double.PositiveInfinity));

    /// <returns>The result where the experiment is over; null where it goes on.</returns>
    private TrainingResult? WhatIsDue(long before)
    {
        long now = session.Progress.Images;
        bool rung = _plan.Rungs.Any(r => r > before && r <= now);
        if (Crossed(before, now, _plan.SamplesEvery))
            Samples();
        if ((rung || Crossed(before, now, _plan.ReportEvery)) && Report(rung) is { } result)
            return result;
        if (rung || Crossed(before, now, _plan.CheckpointEvery))
            Checkpoint(rung);
        return null;
    }

    /// <returns>The result where the report ends the experiment; null where it goes on.</returns>
    private TrainingResult? Report(bool full)
    {
        CurvePoint point = telemetry.Report(() => reporter.Report(full));
        observer.OnReport(point);
        if (point.Flags.TryGetValue(Flags.Diverged, out string? diverged))
            return Finish(Outcome.Diverged, $"{diverged} Noticed at {point.Images} images.");
        string? flag = _plan.StopOn.FirstOrDefault(point.Flags.ContainsKey);
        return flag is null ? null : End(Outcome.Stopped, $"{flag}: {point.Flags[flag]}");
    }

    /// <summary>The end is a rung: samples, full score, checkpoint; not again where a resumed run finds them done.</summary>
    private TrainingResult End(Outcome outcome, string? reason)
    {
        Progress p = session.Progress;
        if (p.Last is { Full: true } last && last.Images == p.Images && p.Outcome == outcome)
            return Result(TrainingEnd.Finished);
        Samples();
        if (p.Last is not { Full: true } || p.Last.Images != p.Images)
        {
            CurvePoint point = telemetry.Report(() => reporter.Report(full: true));
            observer.OnReport(point);
            if (point.Flags.TryGetValue(Flags.Diverged, out string? diverged))
                return Finish(Outcome.Diverged, $"{diverged} Noticed at {point.Images} images.");
        }
        TrainingResult result = Finish(outcome, reason);
        Checkpoint(rung: true);
        return result;
    }

    private TrainingResult Finish(Outcome outcome, string? reason)
    {
        (session.Progress.Outcome, session.Progress.Reason) = (outcome, reason);
        return Result(TrainingEnd.Finished);
    }

    private TrainingResult Leave(TrainingCommand command)
    {
        telemetry.Left();
        if (command == TrainingCommand.CheckpointAndLeave)
            Checkpoint(rung: false);
        return Result(TrainingEnd.Left);
    }

    private TrainingResult Result(TrainingEnd end)
    {
        Progress p = session.Progress;
        bool left = end == TrainingEnd.Left;
        return new TrainingResult(end, left ? null : p.Outcome, left ? null : p.Reason, p.Images, p.Updates, p.Last)
        {
            Took = time.GetElapsedTime(_started),
            Evaluation = reporter.Spent,
        };
    }

    private void Samples()
    {
        if (_plan.SamplesEvery > 0 && telemetry.Aside(reporter.Samples) is { } png)
            observer.OnSamples(session.Progress.Images, png);
    }

    private void Checkpoint(bool rung) => telemetry.Checkpoint(() => observer.OnCheckpoint(new CheckpointSnapshot(session), rung));

    /// <summary>True when a multiple of <paramref name="every"/> lies past <paramref name="before"/> and not past <paramref name="now"/>; 0 is never.</summary>
    internal static bool Crossed(long before, long now, long every) => every > 0 && now / every > before / every;
}
