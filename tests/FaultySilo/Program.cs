using System.Globalization;
using CatGan.FaultySilo;
using CatGan.Grains;
using CatGan.Grains.Workers;
using CatGan.Silo;
using Microsoft.Extensions.DependencyInjection;

// The seconds for which a slot that fails everything takes nothing; the silo's own when not given.
const string BreakerVariable = "CATGAN_TEST_BREAKER";

return SiloProgram.Run(args, services =>
{
    services.AddSingleton<TorchTrainerFactory>();
    services.AddSingleton<ITrainerFactory, FaultyTrainers>();
    if (Environment.GetEnvironmentVariable(BreakerVariable) is { } seconds)
    {
        GrainsTiming timing = (GrainsTiming)services.Last(s => s.ServiceType == typeof(GrainsTiming)).ImplementationInstance!;
        services.AddSingleton(timing with { BreakerPause = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)) });
    }
});
