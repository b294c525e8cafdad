using System.Globalization;
using System.Text.Json;

namespace CatGan.Coordinator.Results;

/// <summary>Writes the results of a sweep, a row an experiment, for spreadsheets and scripts.</summary>
internal static class ResultsWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>CSV as RFC 4180 has it, with a header, in the invariant culture; empty fields for no value.</summary>
    public static void WriteCsv(TextWriter writer, SweepRecord sweep)
    {
        IReadOnlyList<ResultColumn> columns = ResultColumns.Of(sweep);
        WriteLine(writer, columns.Select(c => c.Name));
        foreach (ExperimentRecord experiment in sweep.Experiments)
            WriteLine(writer, columns.Select(c => Text(c.ValueOf(experiment))));
    }

    /// <summary>A JSON array of objects with typed values; null for no value.</summary>
    public static void WriteJson(Stream destination, SweepRecord sweep)
    {
        IReadOnlyList<ResultColumn> columns = ResultColumns.Of(sweep);
        using Utf8JsonWriter json = new(destination, Indented);
        json.WriteStartArray();
        foreach (ExperimentRecord experiment in sweep.Experiments)
        {
            json.WriteStartObject();
            foreach (ResultColumn column in columns)
                Write(json, column.Name, column.ValueOf(experiment));
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
