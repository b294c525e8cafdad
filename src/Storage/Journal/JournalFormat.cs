using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CatGan.Storage;

/// <summary>
/// A journal's blobs as bytes. A first line of JSON, then the content: a batch's events, one a line, or a
/// snapshot's state as it is. The hash covers the line, up to the hash itself, and all the content, so that no
/// bit of the blob can change unseen; the sequence number stands inside, so that blobs cannot be swapped.
/// </summary>
internal static class JournalFormat
{
    private const byte LineEnd = (byte)'\n';
    private const int MaxHeader = 512;

    public static byte[] Batch(long sequence, Guid id, IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        if (events.Any(e => e.Span.Contains(LineEnd)))
            throw new ArgumentException("An event contains the end of a line; it must be one line.", nameof(events));
        var content = new byte[events.Sum(e => e.Length + 1)];
        var at = 0;
        foreach (var line in events)
        {
            line.CopyTo(content.AsMemory(at));
            at += line.Length;
            content[at++] = LineEnd;
        }
        return Seal(BatchHead(id, sequence, events.Count), content);
    }

    public static byte[] Snapshot(long sequence, ReadOnlySpan<byte> state) => Seal(SnapshotHead(sequence, state.Length), state);

    /// <summary>The first line of a snapshot whose state comes in pieces.</summary>
    public static byte[] SnapshotLine(long sequence, IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        var head = SnapshotHead(sequence, pieces.Sum(p => (long)p.Length));
        using var hash = StartHash(head);
        foreach (var piece in pieces)
            hash.AppendData(piece.Span);
        return EndLine(head, hash);
    }

    /// <summary>True when a stream is a whole snapshot; it is never in memory as a whole.</summary>
    public static async Task<bool> IsSnapshotAsync(Stream blob, long sequence, CancellationToken ct)
    {
        var buffer = new byte[128 * 1024];
        var read = await blob.ReadAtLeastAsync(buffer, MaxHeader, throwOnEndOfStream: false, ct).ConfigureAwait(false);
        var end = buffer.AsSpan(0, Math.Min(read, MaxHeader)).IndexOf(LineEnd) + 1;
        var length = end > 0 ? SnapshotLength(buffer.AsMemory(0, end), sequence) : -1;
        if (length < 0)
            return false;
        var (line, head, left) = (buffer[..end], SnapshotHead(sequence, length), length - (read - end));
        using var hash = StartHash(head);
        hash.AppendData(buffer.AsSpan(end, read - end));
        while ((read = await blob.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            left -= read;
        }
        return left == 0 && line.AsSpan().SequenceEqual(EndLine(head, hash));
    }

    /// <summary>Parses a batch; what is wrong with it is thrown as a <see cref="FormatException"/>.</summary>
    public static JournalBatch ReadBatch(ReadOnlyMemory<byte> blob, long sequence)
    {
        var (header, content) = Split(blob);
        var id = header.TryGetProperty("batch", out var text) && text.ValueKind == JsonValueKind.String && text.TryGetGuid(out var guid)
            ? guid : throw new FormatException("its first line has no batch id");
        var count = Number(header, "count");
        Verify(blob, content, BatchHead(id, Expect(header, "sequence", sequence), count));
        var events = Lines(content);
        return events.Count == count
            ? new JournalBatch(sequence, id, events)
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"it has {events.Count} events, but its first line says {count}"));
    }

    /// <summary>Parses a snapshot; what is wrong with it is thrown as a <see cref="FormatException"/>.</summary>
    public static ReadOnlyMemory<byte> ReadSnapshot(ReadOnlyMemory<byte> blob, long sequence)
    {
        var (header, content) = Split(blob);
        Verify(blob, content, SnapshotHead(Expect(header, "snapshot", sequence), Expect(header, "length", content.Length)));
        return content;
    }

    private static string BatchHead(Guid id, long sequence, long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"batch\":\"{id:D}\",\"sequence\":{sequence},\"count\":{count}");

    private static string SnapshotHead(long sequence, long length) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"snapshot\":{sequence},\"length\":{length}");

    private static byte[] Seal(string head, ReadOnlySpan<byte> content)
    {
        var line = FirstLine(head, content);
        var blob = new byte[line.Length + content.Length];
        line.CopyTo(blob, 0);
        content.CopyTo(blob.AsSpan(line.Length));
        return blob;
    }

    private static byte[] FirstLine(string head, ReadOnlySpan<byte> content)
    {
        using var hash = StartHash(head);
        hash.AppendData(content);
        return EndLine(head, hash);
    }

    private static IncrementalHash StartHash(string head)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(head + "}\n"));
        return hash;
    }

    private static byte[] EndLine(string head, IncrementalHash hash) =>
        Encoding.ASCII.GetBytes($"{head},\"sha256\":\"{Convert.ToHexStringLower(hash.GetHashAndReset())}\"}}\n");

    /// <summary>The length that a snapshot's first line gives; -1 when it is no such line.</summary>
    private static long SnapshotLength(ReadOnlyMemory<byte> line, long sequence)
    {
        try
        {
            var (header, _) = Split(line);
            Expect(header, "snapshot", sequence);
            return Number(header, "length");
        }
        catch (FormatException)
        {
            return -1;
        }
    }

    /// <summary>The first line must be, to the byte, what a writer makes of the same numbers and content.</summary>
    private static void Verify(ReadOnlyMemory<byte> blob, ReadOnlyMemory<byte> content, string head)
    {
        if (!blob.Span[..^content.Length].SequenceEqual(FirstLine(head, content.Span)))
            throw new FormatException("its content does not have the SHA-256 that its first line gives");
    }

    private static (JsonElement Header, ReadOnlyMemory<byte> Content) Split(ReadOnlyMemory<byte> blob)
    {
        var end = blob.Span[..Math.Min(blob.Length, MaxHeader)].IndexOf(LineEnd);
        if (end < 0)
            throw new FormatException(blob.IsEmpty ? "it is empty" : "it has no first line");
        try
        {
            using var document = JsonDocument.Parse(blob[..end]);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (document.RootElement.Clone(), blob[(end + 1)..])
                : throw new FormatException("its first line is no JSON object");
        }
        catch (JsonException e)
        {
            throw new FormatException("its first line is no JSON", e);
        }
    }

    private static long Expect(JsonElement header, string key, long expected)
    {
        var number = Number(header, key);
        return number == expected ? number : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"its {key} is {number}, expected was {expected}"));
    }

    private static long Number(JsonElement header, string key) =>
        header.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number : throw new FormatException($"its first line has no {key}");

    private static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> content)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (!content.IsEmpty)
        {
            var end = content.Span.IndexOf(LineEnd);
            if (end < 0)
                throw new FormatException("its last line has no end");
            lines.Add(content[..end]);
            content = content[(end + 1)..];
        }
        return lines;
    }
}
