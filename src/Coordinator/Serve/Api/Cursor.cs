using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>
/// Where the next page begins: the order it was made for, and the value and number of the last row of the page before. So
/// a page stays in step while rows come, go and change. Opaque to clients.
/// </summary>
/// <param name="Order">The order of the rows, as the request named it.</param>
/// <param name="Value">Value of the last row: long, double, bool, string or null.</param>
/// <param name="Key">Number or id of the last row.</param>
internal sealed record Cursor(string Order, object? Value, string Key)
{
    private const int MostCharacters = 4000;

    /// <summary>The cursor as clients see it.</summary>
    public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new object?[] { Order, Word(Value), Key }));

    /// <summary>Reads what <see cref="Write"/> wrote; null for none.</summary>
    /// <exception cref="UserException">It is no cursor, or one of another order.</exception>
    public static Cursor? Read(string? text, string order)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            if (text.Length <= MostCharacters && JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(text)) is [{ } madeFor, var value, { } key] && madeFor == order)
                return new(madeFor, Typed(value), key);
        }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException)
        {
            // Told below.
        }
        throw new UserException(ExitCode.BadInput, "cursor is none of this list in this order", "leave it out to begin anew, and take the next one from `next` of a page");
    }

    private static string? Word(object? value) => value switch
    {
        null => null,
        long whole => FormattableString.Invariant($"i{whole}"),
        double real => FormattableString.Invariant($"d{real:R}"),
        bool flag => flag ? "b1" : "b0",
        _ => $"s{value}",
    };

    private static object? Typed(string? word) => word switch
    {
        null => null,
        ['i', .. var rest] => long.Parse(rest, System.Globalization.CultureInfo.InvariantCulture),
        ['d', .. var rest] => double.Parse(rest, System.Globalization.CultureInfo.InvariantCulture),
        ['b', .. var rest] => rest == "1",
        ['s', .. var rest] => rest,
        _ => throw new FormatException(),
    };
}
