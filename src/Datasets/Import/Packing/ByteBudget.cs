namespace CatGan.Datasets.Import.Packing;

/// <summary>Memory shared out in the order of asking, so that a large picture is not overtaken for ever.</summary>
internal sealed class ByteBudget(long total)
{
    private readonly long _total = total;
    private readonly Lock _gate = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Granted)> _waiting = new();
    private long _free = total;

    /// <summary>Waits until so many bytes are free; more than the whole budget counts as the whole.</summary>
    /// <returns>Gives the bytes back when disposed.</returns>
    public async ValueTask<IDisposable> TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        bytes = Math.Min(bytes, _total);
        TaskCompletionSource granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _waiting.Enqueue((bytes, granted));
        Grant(0);
        await using CancellationTokenRegistration stop = cancellationToken.Register(() => granted.TrySetCanceled(cancellationToken));
        await granted.Task;
        return new Share(this, bytes);
    }

    private void Grant(long returned)
    {
        lock (_gate)
        {
            _free += returned;
            while (_waiting.TryPeek(out (long Bytes, TaskCompletionSource Granted) next) && (next.Granted.Task.IsCanceled || next.Bytes <= _free))
            {
                _waiting.Dequeue();
                if (next.Granted.TrySetResult())
                    _free -= next.Bytes;
            }
        }
    }

    private sealed class Share(ByteBudget budget, long bytes) : IDisposable
    {
        private ByteBudget? _budget = budget;

        public void Dispose() => Interlocked.Exchange(ref _budget, null)?.Grant(bytes);
    }
}
