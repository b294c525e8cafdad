namespace CatGan.Storage;

/// <summary>A blob's content, which is read from where it was opened to its end, and not changed.</summary>
internal abstract class ForwardStream : Stream
{
    private const string Forward = "A blob is read forwards.";
    private const string Unchanged = "A blob that is read cannot be changed.";

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException("The length is in the blob's info.");

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException(Forward);
        set => throw new NotSupportedException(Forward);
    }

    /// <inheritdoc/>
    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public abstract override int Read(Span<byte> buffer);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException(Forward);

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException(Unchanged);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException(Unchanged);
}
