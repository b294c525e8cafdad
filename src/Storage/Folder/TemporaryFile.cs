using System.Security.Cryptography;

namespace CatGan.Storage;

/// <summary>
/// A blob's content on its way: a file in the hidden folder, on disk before it gets its real name. It stays open
/// until then, so that its inode cannot become another file's.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    // Below the size from which arrays live among the large objects: one a batch of a journal would have them collected all the time.
    private const int Buffer = 16 * 1024;
    private readonly FileStream _stream;

    private TemporaryFile(string path, FileStream stream) => (Path, _stream) = (path, stream);

    /// <summary>Where the content lies until it gets its name.</summary>
    public string Path { get; }

    /// <summary>Identity of the content; known once it is filled.</summary>
    public FileStatus Status { get; private set; }

    public static TemporaryFile Create(string path)
    {
        try
        {
            return new TemporaryFile(path, new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, Buffer, useAsync: false));
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "create", path);
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
            throw FolderError.Wrap(e, "write", Path);
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
            FolderError.Check(Posix.SetModified(_stream.SafeFileHandle, seconds, (milliseconds * 1_000_000) + lot), "set the time of", Path);
            RandomAccess.FlushToDisk(_stream.SafeFileHandle);
            Status = FileStatus.Of(_stream.SafeFileHandle);
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "write", Path);
        }
    }
}
