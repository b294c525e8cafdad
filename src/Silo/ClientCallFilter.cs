using CatGan.Grains;

namespace CatGan.Silo;

/// <summary>
/// Notes each call that comes from a client, for <see cref="IdleExitService"/>. The silo's own services call through a
/// client too, a hosted one.
/// </summary>
internal sealed class ClientCallFilter(SiloActivity activity) : IIncomingGrainCallFilter
{
    private const string Hosted = "hosted-";

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.SourceId is { } source && source.Type.IsClient() && !source.Key.ToString()!.StartsWith(Hosted, StringComparison.Ordinal))
            activity.Touch();
        return context.Invoke();
    }
}
