namespace CatGan.Coordinator.Serve.Live;

/// <summary>Starts work that outlasts the request in which it is begun, or that others wait for too.</summary>
internal static class Background
{
    /// <summary>Starts it without the request's trace and user, which would stick to all that it ever does.</summary>
    public static Task<T> Run<T>(Func<Task<T>> work)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Run(work);
    }

    /// <inheritdoc cref="Run{T}"/>
    public static Task Run(Func<Task> work)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Run(work);
    }
}
