using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Training;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Workers;

/// <summary>One slot: asks for work, does it, asks again.</summary>
internal sealed class WorkerSlot(string key, TrainingDevice device, AttemptServices services, AttemptRunner runner)
{
    private readonly IGpuWorkerGrain _mailbox = services.Grains.Slot(key);
    private readonly CircuitBreaker _breaker = new(services.Timing);
    private volatile Run? _run;
    private Guid _done;

    public string Key => key;

    /// <summary>What telemetry shows: broken from when its breaker opened until it closes.</summary>
    public string State => _run is not null ? "busy" : _breaker.State is { Failures: >= CircuitBreaker.MostFailures } ? "broken" : "free";

    public string Device => device.Name;

    public SlotClaim Claim => new(key, _run?.Assignment, _breaker.State);

    /// <summary>Makes the present run leave; null when there is none or it is another.</summary>
    public void Leave(Guid? assignment, LeaveWhy why, string reason)
    {
        if (_run is { } run && (assignment is null || run.Assignment.Id == assignment))
            run.Control.Leave(why, reason);
    }

    /// <summary>Works until <paramref name="stopping"/>; a run that is still on then is waited for.</summary>
    public async Task WorkAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await _mailbox.Pull(stopping) is { } assignment && !stopping.IsCancellationRequested)
                    await DoAsync(assignment, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                services.Log.LogWarning("Slot {Slot}: {Fault}", key, fault.Message);
                await Task.Delay(services.Timing.RetryAfter, services.Timing.Time, CancellationToken.None);
            }
        }
    }

    private async Task DoAsync(Assignment assignment, CancellationToken stopping)
    {
        // A mailbox that did not hear of the end gives the same assignment again.
        if (assignment.Id == _done)
        {
            await _mailbox.Complete(assignment.Id, _breaker.State);
            return;
        }
        using RunControl control = new(services.Timing);
        _run = new Run(assignment, control);
        if (stopping.IsCancellationRequested)
            control.Leave(LeaveWhy.HandBack, WorkerService.Stopping);
        AttemptNews? news = null;
        try
        {
            news = await runner.RunAsync(assignment, device, control, left => FreeAsync(assignment, left));
        }
        finally
        {
            await FreeAsync(assignment, news);
        }
    }

    private async Task FreeAsync(Assignment assignment, AttemptNews? news)
    {
        if (_done == assignment.Id)
            return;
        Judge(assignment, news);
        (_done, _run) = (assignment.Id, null);
        await _mailbox.Complete(assignment.Id, _breaker.State);
    }

    // What does not fit into the device's memory, or cannot be trained anywhere, says nothing of the machine.
    private void Judge(Assignment assignment, AttemptNews? news)
    {
        if (news is LeftNews { Cause: LeftCause.Failed } threw)
        {
            if (_breaker.Failed(assignment.Sweep, assignment.Experiment, threw.Reason) is not { } pause)
                return;
            services.Log.LogError(
                "Slot {Slot} takes nothing for {Pause}: {Failures} experiments failed on it in a row, the last with: {Reason}",
                key, pause, _breaker.State?.Failures, threw.Reason);
        }
        else if (news is EndedNews { Outcome: Outcome.Completed or Outcome.Stopped or Outcome.Diverged } && _breaker.Succeeded())
        {
            services.Log.LogInformation("Slot {Slot} works again.", key);
        }
    }

    private sealed record Run(Assignment Assignment, RunControl Control);
}
