using System.Net.Sockets;
using CatGan.Silo.Cluster;
using CatGan.Storage;
using CatGan.Training.Native;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace CatGan.Silo;

/// <summary>The program <c>catgan-silo</c>, apart from its entry point: the tests' faulty silo is this one with another trainer.</summary>
internal static class SiloProgram
{
    /// <summary>Runs a silo until it is asked to end.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="last">Puts services in place of the silo's own; null for none.</param>
    public static int Run(string[] args, Action<IServiceCollection>? last = null) =>
        SiloCommandLine.Invoke(args, SiloSettings.Gather(), options => Run(options, last));

    private static int Run(SiloOptions options, Action<IServiceCollection>? last)
    {
        try
        {
            List<string> faults = [.. options.Faults()];
            if (faults.Count > 0)
                throw new ArgumentException(string.Join("; ", faults));
            using IHost host = SiloHost.Build(options, last);
            Ending ending = host.Services.GetRequiredService<Ending>();
            host.Run();
            return ending.Code;
        }
        catch (StoreTakenException taken)
        {
            Console.Error.WriteLine(taken.Message);
            return ExitCodes.Taken;
        }
        catch (Exception fault) when (fault is ArgumentException or BlobStoreException or InvalidDataException or UnsoundMachineException)
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
}
