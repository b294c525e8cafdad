using System.Globalization;

namespace CatGan.Bench.Scale;

/// <summary>What the operating system knows of this process.</summary>
internal static class ProcessFigures
{
    /// <summary>Most memory that the process ever had in RAM, in MiB.</summary>
    public static double PeakMiB => Kibibytes("VmHWM:") / 1024.0;

    /// <summary>Other work on the machine: the load of the last minute.</summary>
    public static double Load => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static long Kibibytes(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
