using System.Text.Json;
using CatGan.Search.Samplers;

namespace CatGan.Search;

public sealed partial class Sweep
{
    /// <summary>The whole state as UTF-8 JSON; <see cref="Restore"/> gives a sweep that goes on exactly as this one.</summary>
    public byte[] Snapshot() => [.. Capture().Pieces().SelectMany(p => p.ToArray())];

    /// <summary>
    /// The whole state at this moment. Costs little, and the rest of the work of a snapshot may be done on another thread
    /// while the sweep goes on.
    /// </summary>
    public SweepCapture Capture() => new(
        new SweepSnapshot
        {
            Version = SweepSnapshot.CurrentVersion,
            Definition = Definition,
            Submitted = ReferenceEquals(Submitted, Definition) ? null : Submitted,
            SubmittedAt = SubmittedAt,
            EndedAt = EndedAt,
            ProgressAt = ProgressAt,
            Stage = Stage,
            Capacity = Capacity,
            CancelReason = CancelReason,
            Extensions = Extensions,
            Marker = Marker,
            LastNotice = _lastNotice,
            Notices = Notices.IsEmpty ? null : Notices,
            Given = _source.Given,
            Random = _source.State.Random.State,
            Memory = _source.State.Memory,
        },
        _roster.Capture());

    /// <summary>The sweep that <see cref="Snapshot"/> was taken of.</summary>
    /// <exception cref="SweepFormatException">The bytes are no snapshot, or one of another version.</exception>
    public static Sweep Restore(ReadOnlySpan<byte> snapshot)
    {
        SweepSnapshot state = Frame(snapshot, out List<(int From, int To)> lines);
        if (state.Version != SweepSnapshot.CurrentVersion)
            throw new SweepFormatException($"The snapshot has version {state.Version}, but this program reads version {SweepSnapshot.CurrentVersion}.");
        SamplerState sampler = new(new SearchRandom(state.Random), state.Memory);
        // Whatever judges experiments goes by what was submitted, however the sweep was extended since.
        Sweep sweep = new(state.Submitted ?? state.Definition, state.SubmittedAt, new ConfigurationSource(state.Definition, sampler, state.Given))
        {
            EndedAt = state.EndedAt,
            Stage = state.Stage,
            Capacity = state.Capacity,
            CancelReason = state.CancelReason,
            Definition = state.Definition,
            Extensions = state.Extensions,
            Marker = state.Marker,
            Notices = state.Notices ?? [],
            _lastNotice = state.LastNotice,
        };
        foreach ((int from, int to) in lines)
            sweep._roster.Add(SweepJson.Read<Experiment>(snapshot[from..to], "experiment of a snapshot"));
        sweep.ProgressAt = state.ProgressAt ?? sweep.ProgressOfAttempts();
        return sweep;
    }

    /// <summary>The sweep that a journal tells; null when it is empty.</summary>
    /// <param name="snapshot">The newest snapshot; null where there is none.</param>
    /// <param name="lines">The events after it, one line each.</param>
    /// <exception cref="SweepFormatException">They are no journal of a sweep, or one of another version.</exception>
    public static Sweep? Replay(ReadOnlyMemory<byte>? snapshot, IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        Sweep? sweep = snapshot is { } state ? Restore(state.Span) : null;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            SweepEvent next = SweepEvents.Read(line.Span);
            if (sweep is not null)
                sweep.Apply(next);
            else if (next is SweepSubmitted submitted)
                sweep = Start(submitted, out _);
            else
                throw new SweepFormatException($"The journal begins with {next.GetType().Name}, but must begin with {nameof(SweepSubmitted)}.");
        }
        return sweep;
    }

    /// <summary>All but the experiments, which are read one by one: only the few that are open stay as they are.</summary>
    private static SweepSnapshot Frame(ReadOnlySpan<byte> snapshot, out List<(int From, int To)> lines)
    {
        try
        {
            (int from, int to) = SnapshotText.Experiments(snapshot);
            lines = SnapshotText.Lines(snapshot);
            return SweepJson.Read<SweepSnapshot>([.. snapshot[..from], .. snapshot[to..]], "snapshot of a sweep");
        }
        catch (JsonException e)
        {
            throw new SweepFormatException($"This is no snapshot of a sweep that this version can read: {e.Message}", e);
        }
    }
}
