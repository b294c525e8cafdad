using System.Diagnostics.Metrics;
using CatGan.Abstractions.Telemetry;
using CatGan.Grains.Workers;
using CatGan.Training;

namespace CatGan.Grains.Telemetry;

/// <summary>
/// The instruments that are looked at and not raised: what this silo's workers, the pool and the sweeps that live in it
/// show when somebody asks. Each tells every value of its labels, zeros included: what is left out would be remembered
/// as it last was.
/// </summary>
internal sealed class SiloGauges
{
    private static readonly string[] States = ["free", "busy", "broken"];
    private readonly WorkerOptions _workers;
    private readonly IDeviceUse _use;
    private readonly long _started;

    public SiloGauges(IMeterFactory meters, WorkerOptions workers, IDeviceUse use, GrainsTiming timing, LiveSweeps sweeps)
    {
        (_workers, _use, _started) = (workers, use, timing.Time.GetTimestamp());
        double startedAt = (timing.Now - DateTimeOffset.UnixEpoch).TotalSeconds;
        Meter meter = meters.Create(new MeterOptions(TelemetryNames.CatGan));
        meter.CreateObservableUpDownCounter("catgan.slot.count", Slots, "{slot}", "Slots of this silo: free, busy, or broken and left alone.");
        meter.CreateObservableUpDownCounter("catgan.queue.length", () => Queue?.Invoke() ?? 0, "{experiment}", "Experiments that wait for a slot.");
        meter.CreateObservableUpDownCounter("catgan.device.memory.usage", () => Use(u => u.Memory), "By", "Memory in use on a device; on a CPU this process's.");
        meter.CreateObservableUpDownCounter("catgan.device.memory.limit", () => Use(u => u.MemoryLimit), "By", "Memory of a device; on a CPU what this process may take.");
        meter.CreateObservableGauge("catgan.device.utilization", () => Use(u => u.Utilization), "1", "Part of the time that a device works; on a CPU this process's part of all cores.");
        meter.CreateObservableUpDownCounter("catgan.sweep.count", sweeps.Phases, "{sweep}", "Unfinished sweeps that live in this silo, by phase.");
        meter.CreateObservableUpDownCounter("catgan.sweep.held", () => sweeps.Held, "{sweep}", "Sweeps that wait for the store: nothing of them starts.");
        meter.CreateObservableGauge("catgan.sweep.unreadable", () => sweeps.Unreadable, "{sweep}", "Unfinished sweeps of the store that did not wake at this silo's last look; every silo looks at all.");
        meter.CreateObservableUpDownCounter("catgan.experiment.count", sweeps.Experiments, "{experiment}", "Experiments of unfinished sweeps, by phase.");
        meter.CreateObservableUpDownCounter("catgan.sweep.images", () => sweeps.Images, "{image}", "Images shown by unfinished sweeps, as their journals have it.");
        meter.CreateObservableUpDownCounter("catgan.sweep.budget", () => sweeps.Budget, "{image}", "Images that unfinished sweeps are to show; those without a limit of images are left out.");
        meter.CreateObservableGauge("catgan.sweep.progress.age", sweeps.ProgressAges, "s", "Longest time that a sweep has shown nothing new: of those that train, and of those that only wait.");
        meter.CreateObservableGauge("catgan.sweep.best", sweeps.Best, "1", "Best full score of unfinished sweeps by their objectives, and of those that ended within ten minutes.");
        meter.CreateObservableGauge("catgan.silo.start.time", () => startedAt, "s", "When this silo started, in seconds since 1970.");
        meter.CreateObservableGauge("catgan.silo.uptime", () => timing.Time.GetElapsedTime(_started).TotalSeconds, "s", "How long this silo has been running.");
    }

    /// <summary>How many experiments wait; set by the activation of the pool, null where it is not in this silo.</summary>
    public Func<int>? Queue { get; set; }

    /// <summary>The slots of this silo by device and state; set by its workers.</summary>
    public Func<IEnumerable<(string Device, string State)>>? SlotStates { get; set; }

    private IEnumerable<Measurement<int>> Slots()
    {
        ILookup<(string, string), bool> there = (SlotStates?.Invoke() ?? []).ToLookup(s => s, _ => true);
        return from device in _workers.Devices
               from state in States
               select new Measurement<int>(there[(device.Name, state)].Count(), new(TelemetryNames.Device, device.Name), new(TelemetryNames.State, state));
    }

    private IEnumerable<Measurement<T>> Use<T>(Func<DeviceUse, T?> read)
        where T : struct => from device in _workers.Devices
                            let value = read(_use.Read(device))
                            where value.HasValue
                            select new Measurement<T>(value.Value, new KeyValuePair<string, object?>(TelemetryNames.Device, device.Name));
}
