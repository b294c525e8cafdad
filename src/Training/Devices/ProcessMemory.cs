using System.Globalization;

namespace CatGan.Training;

/// <summary>How much memory this process may take, native memory included: the garbage collector's own limit is about the rest.</summary>
internal static class ProcessMemory
{
    private const string MachineLine = "MemTotal:";
    private const long Kibibyte = 1024;

    /// <summary>The limit of its control group (version 2), or the machine's memory where that is less or there is none; null where neither is told.</summary>
    /// <param name="root">Where <c>/sys</c> and <c>/proc</c> lie.</param>
    public static long? Limit(string root = "/")
    {
        long? machine = Machine(Path.Combine(root, "proc", "meminfo"));
        string group = Path.Combine(root, "sys", "fs", "cgroup", "memory.max");
        return File.Exists(group) && long.TryParse(File.ReadAllText(group), CultureInfo.InvariantCulture, out long limit) && !(limit > machine) ? limit : machine;
    }

    // MemTotal:       25315000 kB
    private static long? Machine(string file)
    {
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(MachineLine, StringComparison.Ordinal)) : null;
        string? number = line?[MachineLine.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(number, CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes * Kibibyte : null;
    }
}
