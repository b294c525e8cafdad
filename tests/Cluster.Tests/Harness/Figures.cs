using System.Globalization;
using System.Text;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>Figures for the table that ./chaos.sh prints: one tab-separated line each in the file that CATGAN_CHAOS_FIGURES names.</summary>
internal static class Figures
{
    private static readonly string? File = Environment.GetEnvironmentVariable("CATGAN_CHAOS_FIGURES");

    /// <summary>Notes what was measured, in the table and in the test's output.</summary>
    public static void Note(string fault, string what, double value)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{fault}\t{what}\t{value:0.0}");
        TestContext.Current.TestOutputHelper?.WriteLine(line.Replace('\t', ' '));
        if (File is null)
            return;
        using FileStream file = new(File, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }
}
