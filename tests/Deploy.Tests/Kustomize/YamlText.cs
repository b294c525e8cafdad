using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CatGan.Deploy.Tests.Kustomize;

/// <summary>Reads YAML into JSON nodes as Kubernetes' tools do, but refuses the words that they and YAML 1.2 read differently.</summary>
internal static class YamlText
{
    /// <summary>All documents of a text.</summary>
    public static IEnumerable<JsonNode> ReadAll(string text)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        return stream.Documents.Select(d => Read(d.RootNode)!).ToList();
    }

    private static JsonNode? Read(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Read(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Read)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => ReadPlain(scalar),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value!),
        _ => throw new InvalidDataException($"Line {node.Start.Line}: {node.NodeType} is not supported."),
    };

    private static JsonNode? ReadPlain(YamlScalarNode scalar)
    {
        string text = scalar.Value ?? "";
        if (text is "" or "null" or "~")
            return null;
        if (text is "true" or "false")
            return JsonValue.Create(text == "true");
        if (text.ToLowerInvariant() is "yes" or "no" or "on" or "off" or "y" or "n" or "true" or "false" or "null")
            throw new InvalidDataException($"Line {scalar.Start.Line}: '{text}' is a truth value to some readers and a text to others; quote it or write true, false.");
        if (text[0] is not ('-' or '+' or '.' or (>= '0' and <= '9')))
            return JsonValue.Create(text);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            return JsonValue.Create(whole);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return JsonValue.Create(number);
        return JsonValue.Create(text);
    }
}
