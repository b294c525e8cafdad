namespace CatGan.Grains.Workers;

/// <summary>
/// Runs long work on a thread of its own. Work on the thread pool would starve the silo's messages.
/// </summary>
internal static class DedicatedThread
{
    /// <summary>Starts <paramref name="work"/>; the task carries its result or exception.</summary>
    public static Task<T> RunAsync<T>(string name, Func<T> work)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() => Run(work, done)) { IsBackground = true, Name = name };
        thread.Start();
        return done.Task;
    }

    private static void Run<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(work());
        }
        catch (Exception fault)
        {
            done.SetException(fault);
        }
    }
}
