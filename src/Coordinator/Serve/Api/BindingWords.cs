using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Words what is wrong with a request that could not be read, by the names of the API and without any of .NET's.</summary>
internal static partial class BindingWords
{
    private const int LongestShown = 60;

    /// <summary>What is wrong.</summary>
    /// <param name="fault">The framework's fault.</param>
    /// <param name="body">What the address takes as its body; null for none, or when it is not known.</param>
    public static string Of(BadHttpRequestException fault, Type? body)
    {
        if (fault.StatusCode == StatusCodes.Status408RequestTimeout)
            return "the body comes too slowly, or has stopped before its end";
        if (fault.InnerException is JsonException json)
            return OfJson(json, body);
        if (Unbound().Match(fault.Message) is { Success: true } unbound)
            return $"{Name(unbound.Groups["name"].Value)} is {Short(unbound.Groups["value"].Value)}, but must be {Kind(unbound.Groups["type"].Value)}";
        if (fault.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal))
            return $"a body is needed: a JSON object{With(body)}";
        if (Absent().Match(fault.Message) is { Success: true } absent)
            return $"{Name(absent.Groups["name"].Value)} is needed";
        return fault.Message;
    }

    /// <summary>What is wrong with a value of a page's query; null when the fault is another one.</summary>
    /// <param name="fault">The framework's fault.</param>
    public static string? OfQuery(Exception fault) => fault is InvalidOperationException && Unparsed().Match(fault.Message) is { Success: true } unparsed
        ? $"{Name(unparsed.Groups["name"].Value)} is {Short(unparsed.Groups["value"].Value)}, but must be {Kind(unparsed.Groups["type"].Value)}"
        : null;

    private static string OfJson(JsonException json, Type? body)
    {
        if (Unknown().Match(json.Message) is { Success: true } unknown)
            return $"the body has {Short(unknown.Groups["name"].Value)}, but must be a JSON object{With(body)}";
        if (Twice().Match(json.Message) is { Success: true } twice)
            return $"the body has {Short(twice.Groups["name"].Value)} twice";
        if (json.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            string path = (json.Path ?? "$").TrimStart('$').TrimStart('.');
            return path.Length == 0 ? $"the body must be a JSON object{With(body)}" : $"{Short(path)} in the body is of the wrong type; it must be {Kind(Property(body, path))}";
        }
        string reason = json.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.');
        string place = json is { LineNumber: { } line, BytePositionInLine: { } at } ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1}, byte {at + 1})") : "";
        return $"the body is not JSON that can be read: {reason}{place}";
    }

    private static string With(Type? body) => Properties(body) is { Length: > 0 } names ? $" with none but {string.Join(", ", names.Select(p => Name(p.Name)))}" : "";

    private static PropertyInfo[] Properties(Type? body) => body?.GetProperties(BindingFlags.Public | BindingFlags.Instance) ?? [];

    private static string Property(Type? body, string path)
    {
        string first = path.Split('.', '[')[0];
        Type? type = Properties(body).FirstOrDefault(p => Name(p.Name) == first)?.PropertyType;
        return (type is null ? null : Nullable.GetUnderlyingType(type) ?? type) is { } known ? known.Name : "";
    }

    private static string Kind(string type) => type switch
    {
        _ when type.Contains("int", StringComparison.OrdinalIgnoreCase) || type.Contains("long", StringComparison.OrdinalIgnoreCase) => "a whole number",
        _ when type.Contains("double", StringComparison.OrdinalIgnoreCase) => "a number",
        _ when type.Contains("bool", StringComparison.OrdinalIgnoreCase) => "true or false",
        _ when type.Contains("List", StringComparison.Ordinal) => "a list of texts",
        "" => "as docs/api.md has it",
        _ => "a text",
    };

    private static string Name(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string Short(string text) => text.Length > LongestShown ? text[..LongestShown] + "…" : text;

    [GeneratedRegex("^Failed to bind parameter \"(?<type>.+) (?<name>\\w+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    [GeneratedRegex("^Required parameter \"(?<type>.+) (?<name>\\w+)\" was not provided from (?<from>.+)\\.$")]
    private static partial Regex Absent();

    [GeneratedRegex("^Cannot parse the value '(?<value>.*)' as type '(?<type>[^']+)' for '(?<name>[^']+)'\\.$", RegexOptions.Singleline)]
    private static partial Regex Unparsed();

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped to any \\.NET member", RegexOptions.Singleline)]
    private static partial Regex Unknown();

    [GeneratedRegex("^Duplicate property '(?<name>.*)' encountered", RegexOptions.Singleline)]
    private static partial Regex Twice();
}
