namespace CatGan.Coordinator.Serve.Live;

/// <summary>
/// A question to the silos that is asked once for all who want to know at the same time, and never holds a reader up for
/// long: a silo that is frozen takes questions too, and only a time-out tells. Commands are not asked this way.
/// </summary>
/// <param name="ask">Asks; null when no silo answers, or there is nothing to tell.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedQuestion<T>(Func<Task<T?>> ask, TimeProvider time)
    where T : class
{
    /// <summary>How long a reader waits for an answer before it goes on without: enough to find the silos first.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long nobody waits after there was no answer in time.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly Lock guard = new();
    private Asked? asked;
    private Answer? answer;
    private long? lateAt;

    /// <summary>The answer; null when there is none, or none yet.</summary>
    /// <param name="maxAge">How old it may be.</param>
    /// <param name="cancellationToken">Ends the waiting, and not the question.</param>
    public async Task<T?> GetAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        Asked question;
        TimeSpan wait;
        lock (guard)
        {
            if (answer is { } known && time.GetElapsedTime(known.At) < maxAge)
                return known.Value;
            question = asked ??= Ask();
            wait = lateAt is { } at && time.GetElapsedTime(at) < Silence ? TimeSpan.Zero : Patience - time.GetElapsedTime(question.At);
        }
        if (wait > TimeSpan.Zero)
            await ((Task)question.Answer).WaitAsync(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (question.Answer.IsCompleted)
            return await question.Answer;
        lock (guard)
        {
            if (wait > TimeSpan.Zero && ReferenceEquals(asked, question))
                lateAt = time.GetTimestamp();
        }
        return null;
    }

    private Asked Ask()
    {
        long at = time.GetTimestamp();
        return new(at, Background.Run(() => AskAsync(at)));
    }

    private async Task<T?> AskAsync(long at)
    {
        T? value = null;
        try
        {
            return value = await ask();
        }
        finally
        {
            lock (guard)
            {
                bool inTime = time.GetElapsedTime(at) < Patience;
                asked = null;
                // What comes late was so when it came, and not when it was asked.
                answer = new(inTime ? at : time.GetTimestamp(), value);
                lateAt = value is not null ? null : inTime ? lateAt : time.GetTimestamp();
            }
        }
    }

    private sealed record Asked(long At, Task<T?> Answer);

    private sealed record Answer(long At, T? Value);
}
