namespace CatGan.Storage;

/// <summary>Turns failures of the file system into messages that say what to do.</summary>
internal static class FolderError
{
    /// <summary>Throws when a system call returned an error.</summary>
    public static void Check(int error, string verb, string path)
    {
        if (error != 0)
            throw new BlobStoreException(Message(verb, path, Posix.Text(error), error));
    }

    /// <summary>Wraps a failure of .NET's file functions, whose HResult is the system's error number.</summary>
    public static BlobStoreException Wrap(Exception failure, string verb, string path)
    {
        var error = failure is IOException ? failure.HResult : Posix.AccessDenied;
        // Its own text would name a temporary file; what has no number of the system's is told in .NET's words.
        return new(Message(verb, path, error > 0 ? Posix.Text(error) : failure.Message, error), failure);
    }

    /// <summary>True for what .NET's file functions throw when the file system refuses.</summary>
    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static string Message(string verb, string path, string reason, int error) =>
        $"The store could not {verb} '{path}': {reason.TrimEnd('.')}. {Advice(error)}";

    private static string Advice(int error) => error switch
    {
        28 or 122 => "Free some space on that disk (`catgan gc` finds what no sweep owns), or use another store with --store; sweeps wait, and go on by themselves when there is room.",
        30 => "The file system is read-only: use another store with --store, or mount it writable; sweeps wait, and go on by themselves then.",
        1 or Posix.AccessDenied => "Give this user the right to write there, or use another store with --store.",
        23 or 24 => "Too many files are open: raise the limit (ulimit -n) and try again.",
        Posix.CrossDevice => "The store's folders lie on different file systems; the whole store must be on one.",
        Posix.NotDirectory => "A part of this name is a blob already; blobs cannot lie inside a blob.",
        Posix.Invalid or Posix.NotSupported => "This file system cannot swap two names (renameat2); keep the store on a local disk (ext4, XFS, Btrfs, tmpfs).",
        5 => "The disk reports an error: check it, and use another store with --store until then.",
        _ => "Check the disk and the folder, or use another store with --store.",
    };
}
