using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CatGan.Storage;

/// <summary>What kind of thing a path stands for.</summary>
internal enum FileKind
{
    /// <summary>Nothing is there.</summary>
    Missing,

    /// <summary>An ordinary file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link (only when links are not followed).</summary>
    Link,

    /// <summary>A device, socket or the like.</summary>
    Other,
}

/// <summary>
/// A file's kind, inode, length and time of last change. Read by <c>statx</c>, whose result has the same shape
/// on every processor.
/// </summary>
internal readonly partial record struct FileStatus(FileKind Kind, ulong Inode, long Length, long Seconds, uint Nanoseconds)
{
    private const int CurrentFolder = -100, NoFollow = 0x100, EmptyPath = 0x1000;
    private const uint BasicStatistics = 0x7ff;

    /// <summary>Time of last change.</summary>
    public DateTimeOffset Modified => DateTimeOffset.UnixEpoch.AddTicks((Seconds * TimeSpan.TicksPerSecond) + (Nanoseconds / 100));

    /// <summary>
    /// Tells one written file from every other: the inode, the length, and a time whose last six digits the
    /// writer drew by lot, so that a reused inode does not bring a tag back.
    /// </summary>
    public BlobVersion Version(long number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{number}-{Inode:x}-{Length:x}-{Seconds:x}.{Nanoseconds:x}"));

    /// <summary>Follows symbolic links: the store's own folders may be links to another disk.</summary>
    public static FileStatus Of(string path) => Read(Call(path, follow: true, out var buffer), path, buffer);

    /// <summary>Does not follow a symbolic link at the end of the path.</summary>
    public static FileStatus OfItself(string path) => Read(Call(path, follow: false, out var buffer), path, buffer);

    /// <summary>Of an open file.</summary>
    public static FileStatus Of(SafeFileHandle file)
    {
        var error = NativeStatus(file, "", EmptyPath, BasicStatistics, out var buffer) == 0 ? 0 : Marshal.GetLastPInvokeError();
        return Read(error, "an open file", buffer);
    }

    private static int Call(string path, bool follow, out Buffer buffer) =>
        NativeStatus(CurrentFolder, path, follow ? 0 : NoFollow, BasicStatistics, out buffer) == 0 ? 0 : Marshal.GetLastPInvokeError();

    private static FileStatus Read(int error, string path, in Buffer buffer)
    {
        if (error is Posix.NoEntry or Posix.NotDirectory)
            return default;
        FolderError.Check(error, "look at", path);
        var kind = (buffer.Mode & 0xF000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            _ => FileKind.Other,
        };
        return new FileStatus(kind, buffer.Inode, buffer.Size, buffer.Seconds, buffer.Nanoseconds);
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Buffer
    {
        [FieldOffset(28)]
        public ushort Mode;
        [FieldOffset(32)]
        public ulong Inode;
        [FieldOffset(40)]
        public long Size;
        [FieldOffset(112)]
        public long Seconds;
        [FieldOffset(120)]
        public uint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeStatus(int folder, string path, int flags, uint mask, out Buffer buffer);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeStatus(SafeFileHandle file, string path, int flags, uint mask, out Buffer buffer);
}
