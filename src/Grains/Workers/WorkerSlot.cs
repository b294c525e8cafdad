using CatGan.Abstractions.Grains;
using CatGan.Training;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Workers;

/// <summary>One slot: asks for work, does it, asks again.</summary>
internal sealed class WorkerSlot(string key, TrainingDevice device, AttemptServices services, AttemptRunner runner)
{
    private readonly IGpuWorkerGrain _mailbox = services.Grains.GetGrain<IGpuWorkerGrain>(key);
    private volatile Run? _run;
    private Guid _done;

    public string Key => key;

    public SlotClaim Claim => new(key, _run?.Assignment);

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
            await _mailbox.Complete(assignment.Id);
            return;
        }
        using RunControl control = new(services.Timing);
        _run = new Run(assignment, control);
        if (stopping.IsCancellationRequested)
            control.Leave(LeaveWhy.HandBack, WorkerService.Stopping);
        services.Meters.Running(1);
        try
        {
            await runner.RunAsync(assignment, device, control, () => FreeAsync(assignment));
        }
        finally
        {
            services.Meters.Running(-1);
            await FreeAsync(assignment);
        }
    }

    private async Task FreeAsync(Assignment assignment)
    {
        if (_done == assignment.Id)
            return;
        (_done, _run) = (assignment.Id, null);
        await _mailbox.Complete(assignment.Id);
    }

    private sealed record Run(Assignment Assignment, RunControl Control);
}
