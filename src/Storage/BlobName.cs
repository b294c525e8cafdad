using System.Globalization;
using System.Text;

namespace CatGan.Storage;

/// <summary>
/// What a blob may be called, the same in every store: 1 to 1,024 characters; segments separated by '/',
/// each of 1 to 255 bytes in UTF-8, none beginning or ending with a dot (the stores keep their own files
/// under names that begin with one); no backslash and no control character.
/// </summary>
public static class BlobName
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxLength = 1024;

    /// <summary>Longest segment, in bytes of UTF-8: what file systems take.</summary>
    public const int MaxSegmentBytes = 255;

    /// <summary>Refuses a name that <see cref="Fault"/> finds wrong.</summary>
    /// <exception cref="BlobStoreException">Says what is wrong with the name.</exception>
    public static void Check(string name)
    {
        if (Fault(name) is { } fault)
            throw new BlobStoreException(fault);
    }

    /// <summary>What is wrong with a name, as a sentence; null when nothing is.</summary>
    public static string? Fault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
            return "A blob name is empty; it must have 1 to 1,024 characters.";
        if (name.Length > MaxLength)
            return string.Create(CultureInfo.InvariantCulture, $"The blob name '{Shown(name[..40])}…' has {name.Length} characters; at most {MaxLength} are possible.");
        return CharacterFault(name) ?? SegmentsFault(name);
    }

    private static string? CharacterFault(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '\\')
                return $"The blob name '{Shown(name)}' contains a backslash; separate segments with '/'.";
            if (char.IsControl(name[i]))
                return string.Create(CultureInfo.InvariantCulture, $"The blob name '{Shown(name)}' contains the control character U+{(int)name[i]:X4}; use printable characters only.");
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
                i++;
            else if (char.IsSurrogate(name[i]))
                return $"The blob name '{Shown(name)}' contains half of a surrogate pair; use whole characters.";
        }
        return null;
    }

    private static string? SegmentsFault(string name)
    {
        if (name[0] == '/')
            return $"The blob name '{Shown(name)}' is absolute; names are relative to the store.";
        foreach (var segment in name.Split('/'))
        {
            if (segment.Length == 0)
                return $"The blob name '{Shown(name)}' has an empty segment; use single slashes and none at the end.";
            if (segment[0] == '.' || segment[^1] == '.')
                return $"The blob name '{Shown(name)}' has the segment '{Shown(segment)}'; no segment may begin or end with a dot.";
            if (Encoding.UTF8.GetByteCount(segment) > MaxSegmentBytes)
                return string.Create(CultureInfo.InvariantCulture, $"The blob name '{Shown(name[..40])}…' has a segment of {Encoding.UTF8.GetByteCount(segment)} bytes; at most {MaxSegmentBytes} are possible.");
        }
        return null;
    }

    /// <summary>A name that may hold anything, made fit for a line of text.</summary>
    private static string Shown(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
