using CatGan.Silo;
using CatGan.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

IConfiguration configuration = new ConfigurationBuilder()
    .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
    .AddEnvironmentVariables()
    .Build();
return SiloCommandLine.Invoke(args, configuration, Run);

static int Run(SiloOptions options)
{
    try
    {
        List<string> faults = [.. options.Faults()];
        if (faults.Count > 0)
            throw new ArgumentException(string.Join("; ", faults));
        using IHost host = SiloHost.Build(options);
        host.Run();
        return ExitCodes.Done;
    }
    catch (StoreTakenException taken)
    {
        Console.Error.WriteLine(taken.Message);
        return ExitCodes.Taken;
    }
    catch (Exception fault) when (fault is ArgumentException or BlobStoreException)
    {
        Console.Error.WriteLine($"catgan-silo: {fault.Message}");
        return ExitCodes.Usage;
    }
}
