using System.Text.Json;
using CatGan.Search.Samplers;

namespace CatGan.Search;

public sealed partial class Sweep
{
    /// <summary>The whole state as UTF-8 JSON; <see cref="Restore"/> gives a sweep that goes on exactly as this one.</summary>
    public byte[] Snapshot() => JsonSerializer.SerializeToUtf8Bytes(
        new SweepSnapshot
        {
            Version = SweepSnapshot.CurrentVersion,
            Definition = Definition,
            SubmittedAt = SubmittedAt,
            EndedAt = EndedAt,
            Stage = Stage,
            Capacity = Capacity,
            CancelReason = CancelReason,
            Given = _source.Given,
            Random = _source.State.Random.State,
            Memory = _source.State.Memory,
            Experiments = [.. Experiments],
        },
        SweepJson.Options);

    /// <summary>The sweep that <see cref="Snapshot"/> was taken of.</summary>
    /// <exception cref="SweepFormatException">The bytes are no snapshot, or one of another version.</exception>
    public static Sweep Restore(ReadOnlySpan<byte> snapshot)
    {
        SweepSnapshot state = SweepJson.Read<SweepSnapshot>(snapshot, "snapshot of a sweep");
        if (state.Version != SweepSnapshot.CurrentVersion)
            throw new SweepFormatException($"The snapshot has version {state.Version}, but this program reads version {SweepSnapshot.CurrentVersion}.");
        SamplerState sampler = new(new SearchRandom(state.Random), state.Memory);
        Sweep sweep = new(state.Definition, state.SubmittedAt, new ConfigurationSource(state.Definition, sampler, state.Given))
        {
            EndedAt = state.EndedAt,
            Stage = state.Stage,
            Capacity = state.Capacity,
            CancelReason = state.CancelReason,
        };
        foreach (Experiment experiment in state.Experiments)
            sweep._roster.Add(experiment);
        return sweep;
    }
}
