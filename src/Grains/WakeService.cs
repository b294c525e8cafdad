using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Telemetry;
using CatGan.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains;

/// <summary>
/// Touches every unfinished sweep at start and every few seconds, so that one whose silo has died goes on elsewhere.
/// </summary>
internal sealed class WakeService(IBlobStore store, IGrainFactory grains, SiloActivity activity, GrainsTiming timing, GrainsMeters meters, LiveSweeps live, ILogger<WakeService> log)
    : BackgroundService
{
    // A sweep whose journal is slow to read holds up none of the others.
    private const int AtOnce = 16;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(timing.WakeEvery, timing.Time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                meters.StoreFailed(StoreWork.List);
                log.LogWarning("The unfinished sweeps in {Store} could not be listed: {Fault}", store.Uri, fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        int asleep = 0;
        await Parallel.ForEachAsync(
            store.ListAsync(StoreLayout.ActivePrefix, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (marker, token) =>
            {
                if (!await WakesAsync(StoreLayout.OfActive(marker.Name).Sweep, token))
                    Interlocked.Increment(ref asleep);
            });
        live.Unreadable = asleep;
    }

    private async Task<bool> WakesAsync(string sweep, CancellationToken cancellationToken)
    {
        try
        {
            if (await grains.GetGrain<ISweepGrain>(sweep).Wake(cancellationToken))
                activity.Touch();
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("Sweep {Sweep} does not wake: {Fault}", sweep, fault.Message);
            return false;
        }
    }
}
