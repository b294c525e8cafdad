using System.Globalization;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>Place of an event in a sweep's journal; later events have greater ones. The id of a server-sent event.</summary>
/// <param name="Sequence">Number of its batch.</param>
/// <param name="Index">Its place in the batch, from 0; <see cref="int.MaxValue"/> behind all of them.</param>
internal readonly record struct EventPosition(long Sequence, int Index) : IComparable<EventPosition>
{
    /// <summary>Before the first event.</summary>
    public static EventPosition Beginning { get; } = Behind(0);

    /// <summary>Behind all events of a batch, and before those of the next.</summary>
    public static EventPosition Behind(long sequence) => new(sequence, int.MaxValue);

    /// <summary>The first batch that may hold later events.</summary>
    public long NextBatch => Index == int.MaxValue ? Sequence + 1 : Sequence;

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is none.</summary>
    public static EventPosition? Parse(string? text)
    {
        int dot = text?.IndexOf('.') ?? -1;
        if (!long.TryParse(dot < 0 ? text : text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
            return null;
        if (dot < 0)
            return Behind(sequence);
        return int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? new(sequence, index) : null;
    }

    /// <inheritdoc/>
    public int CompareTo(EventPosition other) => (Sequence, Index).CompareTo((other.Sequence, other.Index));

    /// <summary>The batch and the place in it, or the batch alone for what is behind all of it.</summary>
    public override string ToString() => Index == int.MaxValue
        ? Sequence.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Sequence}.{Index}");
}
