using CatGan.Grains;

namespace CatGan.Silo;

/// <summary>Notes each call that comes from a client, for <see cref="IdleExitService"/>.</summary>
internal sealed class ClientCallFilter(SiloActivity activity) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.SourceId is { } source && source.Type.IsClient())
            activity.Touch();
        return context.Invoke();
    }
}
