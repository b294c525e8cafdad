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
internal sealed class WakeService(IBlobStore store, IGrainFactory grains, SiloActivity activity, GrainsTiming timing, GrainsMeters meters, ILogger<WakeService> log)
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

    private Task LookAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        store.ListAsync(StoreLayout.ActivePrefix, cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (marker, token) => await WakeAsync(StoreLayout.OfActive(marker.Name).Sweep, token));

    private async Task WakeAsync(string sweep, CancellationToken cancellationToken)
    {
        try
        {
            if (await grains.GetGrain<ISweepGrain>(sweep).Wake(cancellationToken))
                activity.Touch();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("Sweep {Sweep} does not wake: {Fault}", sweep, fault.Message);
        }
    }
}
