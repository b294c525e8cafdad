using System.Runtime.InteropServices;

namespace CatGan.Silo.Cluster;

/// <summary>
/// Leaves at once. An ordinary exit runs the destructors of native code under the feet of training threads, which may
/// crash or hang; all that lasts is whole at any moment, so that nothing is lost by not running them.
/// </summary>
internal static partial class ProcessEnd
{
    /// <summary>Ends the process.</summary>
    public static void Now(int code)
    {
        Console.Out.Flush();
        Console.Error.Flush();
        Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
