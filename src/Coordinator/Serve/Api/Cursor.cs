using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>
/// Where the next page begins: the order it was made for, and the value and number of the last row of the page before. So
/// a page stays in step while rows come, go and change. Opaque to clients.
/// </summary>
/// <param name="Order">The order of the rows, as the request named it.</param>
/// <param name="Value">Value of the last row: long, double, bool, string, <see cref="TextBeginning"/> or null.</param>
/// <param name="Key">Number or id of the last row.</param>
internal sealed record Cursor(string Order, object? Value, string Key)
{
    // What Write makes of the longest text is far below: the whole of an address has to stay below 8 KiB.
    private const int MostCharacters = 4000;
    private const int LongestText = 200;

    /// <summary>The cursor as clients see it.</summary>
    public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new object?[] { Order, Word(Value), Key }));

    /// <summary>Reads what <see cref="Write"/> wrote; null for none.</summary>
    /// <param name="text">What a client sent.</param>
    /// <param name="order">The order of the rows.</param>
    /// <param name="kind">What the rows are ordered by.</param>
    /// <exception cref="UserException">It is no cursor, or one of another order.</exception>
    public static Cursor? Read(string? text, string order, ColumnKind kind)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            if (text.Length <= MostCharacters && JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(text)) is [{ } madeFor, var value, { } key] && madeFor == order)
                return new(madeFor, Typed(value, kind), key);
        }
        catch (Exception e) when (e is FormatException or OverflowException or JsonException or DecoderFallbackException)
        {
            // Told below.
        }
        throw None();
    }

    /// <summary>What to say of a cursor that is none.</summary>
    public static UserException None() => new(ExitCode.BadInput, "cursor is none of this list in this order", "leave it out to begin anew, and take the next one from `next` of a page");

    private static string? Word(object? value) => value switch
    {
        null => null,
        long whole => FormattableString.Invariant($"i{whole}"),
        double real => FormattableString.Invariant($"d{real:R}"),
        bool flag => flag ? "b1" : "b0",
        string { Length: > LongestText } text => $"t{text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)]}",
        _ => $"s{value}",
    };

    private static object? Typed(string? word, ColumnKind kind) => (word, kind) switch
    {
        (null, _) => null,
        (['i', .. var rest], ColumnKind.Whole) => long.Parse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        (['d', .. var rest], ColumnKind.Real) => double.Parse(rest, NumberStyles.Float, CultureInfo.InvariantCulture),
        (['b', '0' or '1'], ColumnKind.Flag) => word[1] == '1',
        (['s', .. var rest], ColumnKind.Text) => rest,
        (['t', .. var rest], ColumnKind.Text) => new TextBeginning(rest),
        _ => throw new FormatException(),
    };
}

/// <summary>What a text that is too long for a cursor begins with: which text it is, the row of the cursor's number tells.</summary>
/// <param name="Text">Its first characters.</param>
internal sealed record TextBeginning(string Text)
{
    /// <summary>The text of the cursor's row, where it still begins so. Else the one before which, in this order, no text begins so: rather a row twice than one left out.</summary>
    /// <param name="now">Value of that row now; null where it has none.</param>
    /// <param name="descending">True for the greatest first.</param>
    public string Whole(object? now, bool descending) =>
        now is string text && text.StartsWith(Text, StringComparison.Ordinal) ? text : descending ? Text + char.MaxValue : Text;
}
