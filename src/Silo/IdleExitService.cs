using CatGan.Grains;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CatGan.Silo;

/// <summary>Ends a local silo that has had nothing to do for a while: no sweep at work, no client's call.</summary>
internal sealed class IdleExitService(
    SiloOptions options, SiloActivity activity, GrainsTiming timing, IHostApplicationLifetime lifetime, ILogger<IdleExitService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan enough = TimeSpan.FromSeconds(options.IdleExit);
        IdleWatch watch = new(activity, timing.Time, enough);
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1), timing.Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!watch.IsOver())
                continue;
            log.LogInformation("Nothing to do for {Seconds:0} s; the silo ends.", enough.TotalSeconds);
            lifetime.StopApplication();
            return;
        }
    }
}
