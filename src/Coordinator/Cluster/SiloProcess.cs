using System.ComponentModel;
using System.Diagnostics;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Cluster;

/// <summary>Starts a local silo as a process of its own session: Ctrl-C and a closed terminal do not reach it.</summary>
internal static class SiloProcess
{
    /// <summary>The environment variable that names the silo's executable.</summary>
    public const string PathVariable = "CATGAN_SILO";

    private const string FileName = "catgan-silo";

    // $0 is the log, the rest the command. The shell is no group leader, so setsid keeps its process id.
    private const string Script = """
        exec >>"$0" 2>&1 </dev/null
        if command -v setsid >/dev/null; then exec setsid "$@"; else exec nohup "$@"; fi
        """;

    /// <summary>Starts the silo of a store.</summary>
    /// <param name="surroundings">Environment that may name the executable.</param>
    /// <param name="storeUri">The store, absolute.</param>
    /// <param name="wishes">Options of its command line.</param>
    /// <param name="log">File that its output is added to.</param>
    /// <returns>The process; it outlives this one.</returns>
    public static Process Start(Surroundings surroundings, string storeUri, SiloWishes wishes, string log)
    {
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false, WorkingDirectory = "/" };
        foreach (string argument in (string[])["-c", Script, log, .. Command(surroundings), "--store", storeUri, "--local", .. wishes.Arguments])
            start.ArgumentList.Add(argument);
        Tune(start);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new UserException(ExitCode.Unreachable, $"a silo could not be started: {e.Message}", "a local silo needs /bin/sh (Linux or macOS)");
        }
    }

    /// <summary>
    /// How the silo is started: as this process was, by the same dotnet where that is the one running, since a machine
    /// may have it in a place of its own.
    /// </summary>
    public static string[] Command(Surroundings surroundings)
    {
        string? host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : null;
        string file = Find(surroundings, host is null ? "" : ".dll");
        return host is not null && file.EndsWith(".dll", StringComparison.Ordinal) ? [host, file] : [file];
    }

    /// <summary>
    /// Young objects of a silo may fill 64 MB before they are collected: three times fewer collections, each a pause
    /// of all reports (bench/README.md, Scale). No file of the program can say so, only its environment.
    /// </summary>
    public static void Tune(ProcessStartInfo start) => start.Environment.TryAdd("DOTNET_GCgen0size", "0x4000000");

    /// <summary>The silo: named by the environment, beside this program, or where the build puts it.</summary>
    private static string Find(Surroundings surroundings, string extension)
    {
        DirectoryInfo here = new(AppContext.BaseDirectory);
        string name = FileName + extension;
        string[] places = surroundings.Variable(PathVariable) is { Length: > 0 } named
            ? [surroundings.Path(named)]
            : [Path.Combine(here.FullName, name), Path.Combine(here.FullName, "..", "..", "CatGan.Silo", here.Name, name)];
        return places.Select(Path.GetFullPath).FirstOrDefault(File.Exists)
            ?? throw new UserException(
                ExitCode.Unreachable,
                $"the silo's program is not there; looked for {string.Join(" and ", places.Select(Path.GetFullPath))}",
                "build it with `dotnet build src/Silo -c Release`",
                $"or name it in {PathVariable}");
    }
}
