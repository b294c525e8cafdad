using CatGan.Abstractions.Grains;
using CatGan.Abstractions.Telemetry;
using CatGan.Training;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Workers;

/// <summary>
/// One attempt from its assignment to its end: the journaled start, data, checkpoint, training thread, and whatever
/// that leaves on the way. Nothing that goes wrong in training leaves here as an exception.
/// </summary>
internal sealed class AttemptRunner(AttemptServices services, ILogger<AttemptRunner> log)
{
    /// <summary>Trains what <paramref name="assignment"/> names.</summary>
    /// <param name="assignment">The experiment.</param>
    /// <param name="device">The device of the slot.</param>
    /// <param name="control">Tells the run to leave.</param>
    /// <param name="free">Called when the slot is free, before the sweep hears that the attempt left.</param>
    /// <returns>How the attempt ended, when its thread has ended; null when it did not begin.</returns>
    public async Task<AttemptNews?> RunAsync(Assignment assignment, TrainingDevice device, RunControl control, Func<AttemptNews, Task> free)
    {
        IExperimentGrain experiment = services.Grains.Experiment(assignment.Sweep, assignment.Experiment);
        BeginAnswer begin = await BeginAsync(experiment, assignment, control);
        if (begin.Order is not { } order)
        {
            log.LogInformation("{Sweep}/{Experiment} does not begin: {Reason}", assignment.Sweep, assignment.Experiment, begin.Refusal);
            return null;
        }
        using AttemptRecord record = new(services, order, experiment, control);
        record.Log.Add($"Attempt {order.Epoch} of {order.Sweep}/{order.Experiment} on {assignment.Slot} ({device.Description}).");
        record.Log.Add($"Versions: {TrainingVersions.Words}.");
        if (assignment.Alone)
            await record.KeepLogAsync();
        Task<AttemptNews> training = TrainAsync(order, device, record, control);
        if (await Task.WhenAny(training, control.GraceOver) != training)
            await FallBackAsync(record, control);
        else
            await FinishAsync(await training, record, control, free);
        // The thread may be in the middle of something long; the slot is busy until it has ended.
        return await training;
    }

    // A journal that cannot be written at the moment says so: the slot waits with it, its experiment has no other.
    private async Task<BeginAnswer> BeginAsync(IExperimentGrain experiment, Assignment assignment, RunControl control)
    {
        for (int failed = 1; ; failed++)
        {
            try
            {
                return await experiment.Begin(assignment, CancellationToken.None);
            }
            catch (Exception fault) when (fault is SweepUnavailableException or TimeoutException && failed < services.Timing.StoreTries)
            {
                log.LogInformation("{Sweep}/{Experiment} does not begin yet: {Fault}", assignment.Sweep, assignment.Experiment, fault.Message);
            }
            await Task.WhenAny(control.Leaving, Task.Delay(StoreRetry.Wait(failed, services.Timing), services.Timing.Time, CancellationToken.None));
            if (control.Command != TrainingCommand.Continue)
                return new BeginAnswer(null, control.Reason);
        }
    }

    private async Task<AttemptNews> TrainAsync(AttemptOrder order, TrainingDevice device, AttemptRecord record, RunControl control)
    {
        using CancellationTokenSource over = new();
        Task listening = record.ListenAsync(over.Token);
        try
        {
            using IPreparedRun run = await PrepareAsync(order, device, record, control);
            record.Events.Folder = run.EventFolder;
            TrainingResult result = await FromCheckpointAsync(order, run, record, control);
            return record.Ended(result);
        }
        catch (OperationCanceledException) when (control.Command != TrainingCommand.Continue || control.Writes.IsCancellationRequested)
        {
            return record.Left();
        }
        catch (StoreFaultException fault)
        {
            log.LogWarning("{Sweep}/{Experiment} is handed back: {Fault}", order.Sweep, order.Experiment, fault.Message);
            return record.StoreFailed(fault.Message);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "{Sweep}/{Experiment} failed in attempt {Epoch}.", order.Sweep, order.Experiment, order.Epoch);
            record.Log.Add(fault is OrderException ? fault.Message : fault.ToString());
            return fault is OrderException ? record.Failed(fault.Message) : record.Threw(fault.Message);
        }
        finally
        {
            await over.CancelAsync();
            await listening;
        }
    }

    private Task<IPreparedRun> PrepareAsync(AttemptOrder order, TrainingDevice device, AttemptRecord record, RunControl control) => CatGanSpans.DoAsync(
        "prepare",
        SweepTrace.Attempt(order.Sweep, order.Experiment, order.Epoch),
        _ => StoreRetry.BeforeTrainingAsync(() => services.Trainers.PrepareAsync(order, device, control.Writes), control, record.Log, services));

    private async Task<TrainingResult> FromCheckpointAsync(AttemptOrder order, IPreparedRun run, AttemptRecord record, RunControl control)
    {
        foreach (CheckpointRef checkpoint in order.Checkpoints)
        {
            (TemporaryFile? fetched, string? fault) = await StoreRetry.BeforeTrainingAsync(
                () => services.Checkpoints.FetchAsync(checkpoint, control.Writes), control, record.Log, services);
            using TemporaryFile? file = fetched;
            if (file is null)
            {
                record.Log.Add($"Checkpoint skipped: {fault}.");
                continue;
            }
            try
            {
                record.Log.Add($"Goes on from {checkpoint.Blob}.");
                return await OnThreadAsync(order, run, file.Path, record, control);
            }
            catch (InvalidCheckpointException invalid)
            {
                record.Log.Add($"Checkpoint skipped: {invalid.Message}");
            }
        }
        record.Log.Add("Starts afresh.");
        return await OnThreadAsync(order, run, null, record, control);
    }

    private static async Task<TrainingResult> OnThreadAsync(
        AttemptOrder order, IPreparedRun run, string? checkpoint, AttemptRecord record, RunControl control)
    {
        RunPosts posts = new(control, record.Log.Add);
        Task carrying = record.CarryAsync(posts);
        try
        {
            return await DedicatedThread.RunAsync($"train {order.Sweep}/{order.Experiment}", () => run.Run(checkpoint, posts));
        }
        finally
        {
            posts.Complete();
            await carrying;
        }
    }

    private static async Task FallBackAsync(AttemptRecord record, RunControl control)
    {
        control.Silence();
        record.Log.Add("The last checkpoint took too long; the one before it has to do.");
        await record.EndAsync(record.Left());
    }

    private static async Task FinishAsync(AttemptNews news, AttemptRecord record, RunControl control, Func<AttemptNews, Task> free)
    {
        // An attempt that left frees its slot first: the sweep may offer the experiment again at once.
        if (news is LeftNews)
            await free(news);
        if (control.Why != LeaveWhy.Fenced)
            await record.EndAsync(news);
    }
}
