using CatGan.Abstractions.Grains;
using CatGan.Grains.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Workers;

/// <summary>
/// Owns the devices of a silo. Runs belong to this service and not to grains, whose activations come and go: it pulls
/// assignments, keeps their leases alive and hands everything back when the silo stops.
/// </summary>
internal sealed class WorkerService(
    WorkerOptions options, AttemptServices services, AttemptRunner runner, SiloActivity activity, SiloGauges gauges, ILocalSiloDetails silo) : IHostedService, IDisposable
{
    public const string Stopping = "handed back: the silo is stopping";

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<WorkerSlot> _slots =
    [
        .. options.Devices.SelectMany(device => Enumerable.Range(0, device.Slots)
            .Select(slot => new WorkerSlot($"{options.Silo}/{device.Name}/{slot}", device, services, runner))),
    ];

    private Task _work = Task.CompletedTask;
    private Task _beating = Task.CompletedTask;

    private IDevicePoolGrain Pool => services.Grains.Pool;

    /// <summary>True while something is trained.</summary>
    public bool Busy => _slots.Any(s => s.Claim.Claim is not null);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        gauges.SlotStates = () => _slots.Select(s => (s.Device, s.State));
        _beating = BeatAsync();
        _work = Task.WhenAll(_slots.Select(s => s.WorkAsync(_stopping.Token)));
        return Task.CompletedTask;
    }

    /// <summary>Lets every run write a checkpoint and leave, within the time that <see cref="GrainsTiming.LeaveGrace"/> gives.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await TryAsync("leave the pool", () => Pool.Leave(options.Silo).WaitAsync(TimeSpan.FromSeconds(1), services.Timing.Time));
        await _stopping.CancelAsync();
        foreach (WorkerSlot slot in _slots)
            slot.Leave(null, LeaveWhy.HandBack, Stopping);
        try
        {
            await Task.WhenAll(_work, _beating).WaitAsync(services.Timing.LeaveGrace + TimeSpan.FromSeconds(1), services.Timing.Time, cancellationToken);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            services.Log.LogWarning("Some runs did not leave in time; they go on from their last checkpoints.");
        }
    }

    public void Dispose() => _stopping.Dispose();

    // The last sign of life that was answered counts: long past it, the pool has given the work to others.
    private async Task BeatAsync()
    {
        long answered = services.Timing.Time.GetTimestamp();
        while (!_stopping.IsCancellationRequested || Busy)
        {
            bool heard = await TryAsync("show a sign of life", BeatOnceAsync);
            if (heard)
                answered = services.Timing.Time.GetTimestamp();
            else if (services.Timing.Time.GetElapsedTime(answered) >= services.Timing.StopAfter)
                LeaveAll($"its lease was not renewed for {services.Timing.StopAfter.TotalSeconds:0} s");
            if (Busy)
                activity.Touch();
            TimeSpan wait = heard ? services.Timing.BeatEvery : services.Timing.LookEvery;
            await Task.WhenAny(Task.Delay(wait, services.Timing.Time, CancellationToken.None), _work);
            if (_work.IsCompleted)
                return;
        }
    }

    private async Task BeatOnceAsync()
    {
        WorkerBeat beat = new(options.Silo, [.. _slots.Select(s => s.Claim)], silo.SiloAddress.ToParsableString());
        BeatAnswer answer = await Pool.Beat(beat).WaitAsync(services.Timing.BeatEvery, services.Timing.Time);
        foreach (Guid refused in answer.Refused)
            foreach (WorkerSlot slot in _slots)
                slot.Leave(refused, LeaveWhy.Fenced, "the pool gave its slot away");
    }

    private void LeaveAll(string reason)
    {
        foreach (WorkerSlot slot in _slots)
            slot.Leave(null, LeaveWhy.Fenced, reason);
    }

    private async Task<bool> TryAsync(string what, Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception fault)
        {
            services.Log.LogWarning("Silo {Silo} could not {What}: {Fault}", options.Silo, what, fault.Message);
            return false;
        }
    }
}
