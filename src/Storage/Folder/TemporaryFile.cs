using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace CatGan.Storage;

/// <summary>
/// A blob's content on its way: a file in the hidden folder, on disk before it gets its real name. It stays open
/// until then, so that its inode cannot become another file's.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    // Below the size from which arrays live among the large objects: one a batch of a journal would have them collected all the time.
    private const int Buffer = 16 * 1024;
    private readonly SafeFileHandle _file;
    private readonly FileStream _stream;
    private readonly string _goal;

    private TemporaryFile(string path, SafeFileHandle file, string goal)
    {
        (Path, _file, _goal) = (path, file, goal);
        _stream = new FileStream(file, FileAccess.Write, Buffer, isAsync: false);
    }

    /// <summary>Where the content lies until it gets its name.</summary>
    public string Path { get; }

    /// <summary>Identity of the content; known once it is filled.</summary>
    public FileStatus Status { get; private set; }

    /// <summary>Makes the empty file.</summary>
    /// <param name="path">Where its content lies until it gets its name.</param>
    /// <param name="goal">The path it is to have then: what faults name.</param>
    public static TemporaryFile Create(string path, string goal)
    {
        try
        {
            return new TemporaryFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), goal);
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "write", goal);
        }
    }

    /// <summary>Takes the whole content and brings it to the disk.</summary>
    public async Task FillAsync(BlobWriter write, TimeProvider time, CancellationToken cancellationToken)
    {
        var destination = new WriteOnlyStream(AppendAsync);
        await using (destination.ConfigureAwait(false))
            await write(destination, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Run(() => Settle(time), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the file and removes its temporary name, if it still has one.</summary>
    public void Dispose()
    {
        var error = Posix.Unlink(Path);
        // The handle first: a stream that can write to it no more drops what it still holds. Else it would try once more
        // to write what did not fit on the disk, and its bare fault would take the place of the one that says what to do.
        _file.Dispose();
        _stream.Dispose();
        if (error != Posix.NoEntry)
            FolderError.Check(error, "remove", Path);
    }

    private async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "write", _goal);
        }
    }

    private void Settle(TimeProvider time)
    {
        try
        {
            _stream.Flush();
            // Milliseconds from the clock, the six digits below them by lot: no two files share inode and time.
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var lot = RandomNumberGenerator.GetInt32(1_000_000);
            var (seconds, milliseconds) = Math.DivRem(now, 1000);
            FolderError.Check(Posix.SetModified(_file, seconds, (milliseconds * 1_000_000) + lot), "set the time of", _goal);
            RandomAccess.FlushToDisk(_file);
            Status = FileStatus.Of(_file);
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "write", _goal);
        }
    }
}
