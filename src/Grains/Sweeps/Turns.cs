namespace CatGan.Grains.Sweeps;

/// <summary>
/// One after the other, in the order of asking. For one grain's activation: whoever holds the turn gives it back on the
/// same scheduler, so that nothing here is thread-safe.
/// </summary>
internal sealed class Turns
{
    private Task _last = Task.CompletedTask;

    /// <summary>Waits for its turn; disposing the answer ends it.</summary>
    public async Task<IDisposable> TakeAsync()
    {
        Turn turn = new();
        Task before = _last;
        _last = turn.Over;
        await before;
        return turn;
    }

    private sealed class Turn : IDisposable
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Over => _over.Task;

        public void Dispose() => _over.TrySetResult();
    }
}
