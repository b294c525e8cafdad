using System.Globalization;
using System.Text.Json;

namespace CatGan.Storage;

/// <summary>Reads the JSON of a safetensors header token by token, so that duplicate keys are seen.</summary>
internal ref struct HeaderParser(ReadOnlySpan<byte> json)
{
    private Utf8JsonReader _json = new(json, new JsonReaderOptions { MaxDepth = 4 });
    private HashSet<string>? _names;

    /// <summary>The tensors, in the header's order; their ranges are not yet compared with each other.</summary>
    public List<TensorEntry> Tensors { get; } = [];

    /// <summary>What stands below <c>__metadata__</c>.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    public void Read()
    {
        _names = new HashSet<string>(StringComparer.Ordinal);
        Open("the header");
        while (NextKey() is { } name)
        {
            if (!_names.Add(name))
                throw Fault($"the key '{name}' is there twice");
            if (name == SafetensorsHeader.MetadataKey)
                ReadMetadata();
            else
                Tensors.Add(ReadTensor(name));
        }
        if (_json.Read())
            throw Fault($"something follows the header's closing brace");
    }

    private void ReadMetadata()
    {
        Open(SafetensorsHeader.MetadataKey);
        while (NextKey() is { } key)
        {
            _json.Read();
            if (_json.TokenType != JsonTokenType.String)
                throw Fault($"the metadata '{key}' is not a string");
            if (!Metadata.TryAdd(key, _json.GetString()!))
                throw Fault($"the metadata '{key}' is there twice");
        }
    }

    private TensorEntry ReadTensor(string name)
    {
        SafetensorsType? type = null;
        List<long>? shape = null, range = null;
        Open($"tensor '{name}'");
        while (NextKey() is { } field)
        {
            var twice = field switch { "dtype" => type is not null, "shape" => shape is not null, "data_offsets" => range is not null, _ => false };
            if (twice)
                throw Fault($"tensor '{name}' has the field '{field}' twice");
            switch (field)
            {
                case "dtype":
                    type = ReadType(name);
                    break;
                case "shape":
                    shape = ReadNumbers(name, field);
                    break;
                case "data_offsets":
                    range = ReadNumbers(name, field);
                    break;
                default:
                    throw Fault($"tensor '{name}' has the unknown field '{field}'");
            }
        }
        return Entry(name, type ?? throw Lacks(name, "dtype"), shape ?? throw Lacks(name, "shape"), range ?? throw Lacks(name, "data_offsets"));
    }

    private SafetensorsType ReadType(string name)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
            throw Fault($"the dtype of tensor '{name}' is not a string");
        var text = _json.GetString()!;
        return SafetensorsTypes.TryParse(text, out var type)
            ? type
            : throw Fault($"tensor '{name}' has the unknown dtype '{text}'; known are {SafetensorsTypes.All}");
    }

    private List<long> ReadNumbers(string name, string field)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray)
            throw Fault($"the {field} of tensor '{name}' is not an array");
        var numbers = new List<long>();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out var number) || number < 0)
                throw Fault($"the {field} of tensor '{name}' holds something that is not a whole number from 0 to 2^63-1");
            numbers.Add(number);
        }
        return numbers;
    }

    private static TensorEntry Entry(string name, SafetensorsType type, List<long> shape, List<long> range)
    {
        if (range.Count != 2 || range[1] < range[0])
            throw Fault($"the data_offsets of tensor '{name}' are not [begin, end] with begin <= end");
        var bytes = (UInt128)(uint)type.ByteSize();
        foreach (var size in shape)
        {
            bytes *= (ulong)size;
            if (bytes > long.MaxValue)
                throw Fault($"the shape [{string.Join(", ", shape)}] of tensor '{name}' is larger than any file");
        }
        var length = range[1] - range[0];
        if (bytes != (ulong)length)
            throw Fault($"tensor '{name}' needs {bytes} bytes for {type.FormatName()} [{string.Join(", ", shape)}], but its range has {length}");
        return new TensorEntry(name, type, [.. shape], range[0], length);
    }

    private void Open(string what)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Fault($"{what} is not a JSON object");
    }

    /// <summary>The next key of the open object; null at its end.</summary>
    private string? NextKey()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.PropertyName ? _json.GetString() : null;
    }

    private static SafetensorsException Lacks(string name, string field) => Fault($"tensor '{name}' lacks the field '{field}'");

    private static SafetensorsException Fault(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));
}
