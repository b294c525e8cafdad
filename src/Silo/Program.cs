using System.Net.Sockets;
using CatGan.Silo;
using CatGan.Silo.Cluster;
using CatGan.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

return SiloCommandLine.Invoke(args, SiloSettings.Gather(), Run);

static int Run(SiloOptions options)
{
    try
    {
        List<string> faults = [.. options.Faults()];
        if (faults.Count > 0)
            throw new ArgumentException(string.Join("; ", faults));
        using IHost host = SiloHost.Build(options);
        Ending ending = host.Services.GetRequiredService<Ending>();
        host.Run();
        return ending.Code;
    }
    catch (StoreTakenException taken)
    {
        Console.Error.WriteLine(taken.Message);
        return ExitCodes.Taken;
    }
    catch (Exception fault) when (fault is ArgumentException or BlobStoreException or InvalidDataException)
    {
        Console.Error.WriteLine($"catgan-silo: {fault.Message}");
        return ExitCodes.Usage;
    }
    catch (Exception fault) when (fault is UnreachableException or RedisException or SocketException or IOException or TimeoutException
        || fault.GetType().Namespace?.StartsWith("Orleans", StringComparison.Ordinal) == true)
    {
        Console.Error.WriteLine($"catgan-silo: {fault.Message}");
        return ExitCodes.Unreachable;
    }
}
