using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CatGan.Storage;

/// <summary>The system calls the folder store is built on; each is atomic. They return 0, or the error's number.</summary>
internal static partial class Posix
{
    public const int NoEntry = 2, AccessDenied = 13, Exists = 17, CrossDevice = 18, NotDirectory = 20, IsDirectory = 21, Invalid = 22, NotEmpty = 39, NotSupported = 38;

    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Exchange = 2;        // RENAME_EXCHANGE
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>Gives a file a second name; fails with <see cref="Exists"/> where there is anything of that name.</summary>
    public static int Link(string file, string name) => Result(NativeLink(file, name));

    /// <summary>Renames over whatever file is there; <see cref="IsDirectory"/> where a folder is.</summary>
    public static int Rename(string from, string to) => Result(NativeRename(from, to));

    /// <summary>Swaps what two names stand for; both must exist.</summary>
    public static int Swap(string one, string other) => Result(NativeRenameAt(CurrentFolder, one, CurrentFolder, other, Exchange));

    /// <summary>Removes a file's name; <see cref="IsDirectory"/> for a folder.</summary>
    public static int Unlink(string file) => Result(NativeUnlink(file));

    /// <summary>Makes a symbolic link; fails with <see cref="Exists"/> where there is anything of that name.</summary>
    public static int Symlink(string target, string name) => Result(NativeSymlink(target, name));

    /// <summary>Sets a file's time of last change, to the nanosecond.</summary>
    public static int SetModified(SafeFileHandle file, long seconds, long nanoseconds)
    {
        long[] times = [seconds, nanoseconds, seconds, nanoseconds];
        return Result(NativeSetTimes(file, times));
    }

    /// <summary>Makes a folder's entries survive a power cut.</summary>
    public static int SyncFolder(string folder)
    {
        var descriptor = NativeOpen(folder, ReadOnlyCloseOnExec);
        if (descriptor < 0)
            return Marshal.GetLastPInvokeError();
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        return Result(NativeSync(handle));
    }

    /// <summary>The text of an error number.</summary>
    public static string Text(int error) => Marshal.GetPInvokeErrorMessage(error);

    private static int Result(int returned) => returned == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeLink(string file, string name);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeRename(string from, string to);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeRenameAt(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeUnlink(string file);

    [LibraryImport("libc", EntryPoint = "symlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeSymlink(string target, string name);

    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    private static partial int NativeSetTimes(SafeFileHandle file, [In] long[] times);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int NativeSync(SafeFileHandle file);
}
