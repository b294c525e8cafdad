using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CatGan.Training.Native;

/// <summary>
/// Loads TorchSharp's native library where it does not load as shipped: it wants GLIBCXX_3.4.32 (GCC 13), which
/// Debian 12 and Ubuntu 22.04 do not have, for one empty function. On newer systems nothing here ever runs.
/// </summary>
public static class TorchLibrary
{
    private const string FileName = "libLibTorchSharp.so";
    private const string PatchedName = "libLibTorchSharp.glibcxx-3.4.22.so";
    private const string Cure = "Install a libstdc++ of GCC 13 or later (Debian 13, Ubuntu 24.04), or make the program's folder writable.";

    /// <summary>
    /// Makes the cure known to the runtime. Runs by itself when this assembly is first used; a program that touches
    /// TorchSharp before anything of this assembly calls it first. Calling it again does nothing.
    /// </summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Must stand before the first call into TorchSharp, wherever that comes from.")]
    public static void Register()
    {
        if (!OperatingSystem.IsLinux())
            return;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll -= Resolve;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
    }

    /// <summary>Raised only where the ordinary load failed.</summary>
    private static nint Resolve(Assembly assembly, string name)
    {
        if (name != "LibTorchSharp" || assembly.GetName().Name != "TorchSharp" || FindOriginal() is not { } original)
            return 0;
        // Beside the original, because its $ORIGIN finds libtorch there; elsewhere a system libtorch may be picked up.
        string patched = Path.Combine(Path.GetDirectoryName(original)!, PatchedName);
        try
        {
            if (!File.Exists(patched))
                WriteWhole(patched, GlibcxxPatch.Apply(File.ReadAllBytes(original)));
            return NativeLibrary.Load(patched);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or DllNotFoundException)
        {
            throw new DllNotFoundException($"{original} does not load here, and neither does a patched copy of it: {e.Message} {Cure}", e);
        }
    }

    /// <summary>Two processes may start at once, and the build may have made the target a hard link into a package.</summary>
    private static void WriteWhole(string path, byte[] content)
    {
        string temporary = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }

    private static string? FindOriginal()
    {
        string folders = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Select(folder => Path.Combine(folder, FileName))
            .FirstOrDefault(File.Exists);
    }
}
