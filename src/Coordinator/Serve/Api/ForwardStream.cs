namespace CatGan.Coordinator.Serve.Api;

/// <summary>Lets a stream that only goes forward be sought forward, by reading what lies between.</summary>
/// <param name="inner">The stream, at its beginning.</param>
/// <param name="length">Its length.</param>
internal sealed class ForwardStream(Stream inner, long length) : Stream
{
    private long at;
    private long wanted;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => wanted;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        long target = offset + origin switch { SeekOrigin.Current => wanted, SeekOrigin.End => length, _ => 0 };
        if (target < at)
            throw new NotSupportedException("This stream goes forward only.");
        return wanted = target;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        byte[] skipped = at < wanted ? new byte[64 << 10] : [];
        while (at < wanted)
        {
            int passed = await inner.ReadAsync(skipped.AsMemory(0, (int)Math.Min(skipped.Length, wanted - at)), cancellationToken);
            if (passed == 0)
                return 0;
            at += passed;
        }
        int read = await inner.ReadAsync(buffer, cancellationToken);
        wanted = at += read;
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("This stream is read asynchronously.");

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("This stream is read only.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("This stream is read only.");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
