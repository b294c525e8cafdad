using System.Diagnostics;
using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using CatGan.Training;
using CatGan.Training.Evaluation;
using CatGan.Training.Telemetry;

namespace CatGan.Bench;

/// <summary>The trainer with data loading and loss reports on, scoring and grids off.</summary>
internal static class TrainerRun
{
    /// <summary>Trains and gives the seconds of the whole run, start and end included.</summary>
    public static double Seconds(
        ExperimentOptions options, PictureSet data, long images, int threads, long reportEvery, long checkpointEvery = 0, Action<CheckpointSnapshot>? checkpoint = null,
        TrainingMeters? meters = null)
    {
        TrainingPlan plan = new()
        {
            BudgetImages = images,
            ReportEvery = reportEvery,
            CheckpointEvery = checkpointEvery,
            SamplesEvery = 0,
            QuickScore = new ScoreSize(0, 0),
            FullScore = new ScoreSize(0, 0),
        };
        using Trainer trainer = new(new TrainingJob(options, plan, Seed: 1), data, TrainingDevice.Cpu(1, threads), TimeProvider.System, () => new NoEvaluation(), meters);
        long started = Stopwatch.GetTimestamp();
        TrainingResult result = trainer.Run(new QuietObserver(checkpoint));
        return result.Outcome == Outcome.Completed
            ? Stopwatch.GetElapsedTime(started).TotalSeconds
            : throw new InvalidOperationException($"The run ended as {result.Outcome}: {result.Reason}");
    }
}
