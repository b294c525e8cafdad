using System.Globalization;
using System.Text.Json;

namespace CatGan.Coordinator.Results;

/// <summary>Writes the results of sweeps, a row an experiment, for spreadsheets and scripts.</summary>
internal static class ResultsWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>CSV as RFC 4180 has it, with a header, in the invariant culture; empty fields for no value.</summary>
    public static void WriteCsv(TextWriter writer, ResultTable table)
    {
        WriteLine(writer, table.Columns.Select(c => c.Name));
        foreach (ResultRow row in table.Rows)
            WriteLine(writer, table.Columns.Select(c => Text(c.ValueOf(row))));
    }

    /// <summary>A JSON array of objects with typed values; null for no value.</summary>
    public static void WriteJson(Stream destination, ResultTable table)
    {
        using Utf8JsonWriter json = new(destination, Indented);
        json.WriteStartArray();
        foreach (ResultRow row in table.Rows)
        {
            json.WriteStartObject();
            foreach (ResultColumn column in table.Columns)
                Write(json, column.Name, column.ValueOf(row));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteLine(TextWriter writer, IEnumerable<string> fields)
    {
        writer.Write(string.Join(',', fields.Select(Quote)));
        writer.Write("\r\n");
    }

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") || field.StartsWith(' ') || field.EndsWith(' ')
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;

    private static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case long whole: json.WriteNumber(name, whole); break;
            case double real: json.WriteNumber(name, real); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            default: json.WriteString(name, (string)value); break;
        }
    }
}
