namespace CatGan.Storage;

/// <summary>A blob's file, whose failures while it is read are the store's errors.</summary>
/// <param name="file">The file; disposed of with this stream.</param>
internal sealed class FolderReadStream(FileStream file) : ForwardStream
{
    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override long Length => Guarded(() => file.Length);

    /// <inheritdoc/>
    public override long Position
    {
        get => file.Position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Guarded(() => file.Seek(offset, origin));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "read", file.Name);
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return file.Read(buffer);
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "read", file.Name);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await file.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    private long Guarded(Func<long> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception e) when (FolderError.Is(e))
        {
            throw FolderError.Wrap(e, "read", file.Name);
        }
    }
}
