using System.Text.Json;

namespace CatGan.Search;

/// <summary>Where a snapshot's JSON has its experiments, so that they need not be read or written with the rest.</summary>
internal static class SnapshotText
{
    private static readonly string Property = JsonNamingPolicy.SnakeCaseLower.ConvertName(nameof(SweepSnapshot.Experiments));

    /// <summary>The range between the brackets of the array of experiments.</summary>
    public static (int From, int To) Experiments(ReadOnlySpan<byte> snapshot)
    {
        Utf8JsonReader reader = At(snapshot);
        int from = (int)reader.BytesConsumed;
        reader.Skip();
        return (from, (int)reader.TokenStartIndex);
    }

    /// <summary>The ranges of the experiments themselves.</summary>
    public static List<(int From, int To)> Lines(ReadOnlySpan<byte> snapshot)
    {
        List<(int, int)> lines = [];
        Utf8JsonReader reader = At(snapshot);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int from = (int)reader.TokenStartIndex;
            reader.Skip();
            lines.Add((from, (int)reader.BytesConsumed));
        }
        return lines;
    }

    private static Utf8JsonReader At(ReadOnlySpan<byte> snapshot)
    {
        Utf8JsonReader reader = new(snapshot);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                continue;
            bool found = reader.ValueTextEquals(Property);
            reader.Read();
            if (found && reader.TokenType == JsonTokenType.StartArray)
                return reader;
            reader.Skip();
        }
        throw new JsonException($"It has no array '{Property}'.");
    }
}
