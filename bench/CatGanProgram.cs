using System.Diagnostics;

namespace CatGan.Bench;

/// <summary>The program <c>catgan</c> as a person starts it, of the same configuration as this bench.</summary>
internal static class CatGanProgram
{
    /// <summary>Starts a command; what it prints is for whoever starts it.</summary>
    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        DirectoryInfo here = new(AppContext.BaseDirectory);
        ProcessStartInfo start = new(Path.GetFullPath(Path.Combine(here.FullName, "..", "..", "CatGan.Coordinator", here.Name, "catgan")), arguments) { RedirectStandardOutput = true };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
