using System.Globalization;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>Place of an event in a sweep's journal; later events have greater ones. The id of a server-sent event.</summary>
/// <param name="Sequence">Number of its batch.</param>
/// <param name="Index">Its place in the batch, from 0.</param>
internal readonly record struct EventPosition(long Sequence, int Index) : IComparable<EventPosition>
{
    /// <summary>Before the first event.</summary>
    public static EventPosition Beginning { get; } = new(0, int.MaxValue);

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is none.</summary>
    public static EventPosition? Parse(string? text)
    {
        int dot = text?.IndexOf('.') ?? -1;
        return dot > 0
            && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            && int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? new(sequence, index)
            : null;
    }

    /// <inheritdoc/>
    public int CompareTo(EventPosition other) => (Sequence, Index).CompareTo((other.Sequence, other.Index));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}.{Index}");
}
