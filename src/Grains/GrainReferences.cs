using System.Collections.Concurrent;
using CatGan.Abstractions.Grains;

namespace CatGan.Grains;

/// <summary>
/// References to grains, of which an experiment needs half a dozen: Orleans' factory looks at attributes and names of
/// types for each one, this only the first time. Thread-safe.
/// </summary>
internal sealed class GrainReferences(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<Type, Kind> _kinds = new();

    public IDevicePoolGrain Pool => field ??= grains.GetGrain<IDevicePoolGrain>(0);

    public IExperimentGrain Experiment(string sweep, int number) => Of<IExperimentGrain>(ExperimentKey.Of(sweep, number));

    public ISweepJournalGrain Journal(string sweep) => Of<ISweepJournalGrain>(sweep);

    public IGpuWorkerGrain Slot(string key) => Of<IGpuWorkerGrain>(key);

    private T Of<T>(string key)
        where T : IGrainWithStringKey
    {
        Kind kind = _kinds.GetOrAdd(typeof(T), static (_, first) => Kind.Of(first.grains.GetGrain<T>(first.key)), (grains, key));
        return (T)grains.GetGrain(GrainId.Create(kind.Type, key), kind.Interface);
    }

    private readonly record struct Kind(GrainType Type, GrainInterfaceType Interface)
    {
        public static Kind Of(IAddressable grain) => grain is GrainReference reference
            ? new(reference.GrainId.Type, reference.InterfaceType)
            : throw new ArgumentException($"{grain.GetType().Name} is no reference to a grain.", nameof(grain));
    }
}
