namespace CatGan.Coordinator.Spec;

/// <summary>A block of keys of which only some are known: reports unknown, doubled and wrongly typed ones.</summary>
internal sealed class SpecSection
{
    private readonly Dictionary<string, SpecEntry> entries = [];
    private readonly FaultList faults;
    private readonly string prefix;

    /// <summary>Reads the block's keys.</summary>
    /// <param name="map">The block.</param>
    /// <param name="prefix">What stands before its keys in messages, such as <c>budget.</c>; empty at the top.</param>
    /// <param name="known">The keys that it may have.</param>
    /// <param name="faults">Where faults are added.</param>
    public SpecSection(SpecMap map, string prefix, IReadOnlyList<string> known, FaultList faults)
    {
        (Map, this.prefix, this.faults) = (map, prefix, faults);
        foreach (SpecEntry entry in map.Entries)
        {
            string key = entry.Key.Value;
            if (entries.TryGetValue(key, out SpecEntry? first))
                faults.Add(entry.Key.Line, entry.Key.Column, () => $"{prefix}{Short(entry.Key)} is here a second time (first in line {first.Key.Line}); remove one");
            else
                entries.Add(key, entry);
            if (!known.Contains(key))
                faults.Add(entry.Key.Line, entry.Key.Column, () => Unknown(prefix, Short(entry.Key), known));
        }
    }

    /// <summary>The block.</summary>
    public SpecMap Map { get; }

    /// <summary>The value of a key; null when it is not there or left empty.</summary>
    public SpecNode? Find(string key) =>
        entries.TryGetValue(key, out SpecEntry? entry) && entry.Value is not SpecScalar { IsNull: true } ? entry.Value : null;

    /// <summary>True when the key is there, even with nothing behind it.</summary>
    public bool Has(string key) => entries.ContainsKey(key);

    /// <summary>A line of text.</summary>
    public string? Text(string key, int longest) => Read(key, $"text of at most {longest:N0} characters", s => s.Value.Length <= longest ? s.Value : null);

    /// <summary>One of a few words.</summary>
    public string? Word(string key, IReadOnlyList<string> words) =>
        Read(key, $"one of {string.Join(", ", words)}", s => words.Contains(s.Value) ? s.Value : null, words);

    /// <summary>A whole number within bounds.</summary>
    public long? Whole(string key, long min, long max) =>
        ReadValue<long>(key, $"a whole number from {min:N0} to {max:N0}", s => SpecNumber.ParseWhole(s.Value) is { } v && v >= min && v <= max ? v : null);

    /// <summary>A number within bounds.</summary>
    public double? Number(string key, double min, double max) =>
        ReadValue<double>(key, $"a number from {SpecNumber.Write(min)} to {SpecNumber.Write(max)}", s => SpecNumber.Parse(s.Value) is { } v && v >= min && v <= max ? v : null);

    /// <summary>true or false.</summary>
    public bool? Flag(string key) => ReadValue<bool>(key, "true or false", s => s.Value switch { "true" => true, "false" => false, _ => null });

    /// <summary>A time within bounds.</summary>
    public TimeSpan? Duration(string key, TimeSpan min, TimeSpan max) =>
        ReadValue<TimeSpan>(
            key,
            $"{SpecDuration.Form}, from {SpecDuration.Write(min)} to {SpecDuration.Write(max)}",
            s => SpecDuration.Parse(s.Value) is { } time && time >= min && time <= max ? time : null);

    /// <summary>The items of a list (or one value alone), each with its place; empty when the key is not there.</summary>
    public IReadOnlyList<SpecScalar> Scalars(string key, int most)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case SpecScalar one:
                return [one];
            case SpecList list when list.Items.Length <= most && list.Items.All(i => i is SpecScalar):
                return [.. list.Items.Cast<SpecScalar>()];
            case { } node:
                faults.Add(new(node.Line, node.Column, $"{prefix}{key} is {Short(node)}, but must be a list of at most {most} values, such as [a, b]"));
                return [];
        }
    }

    /// <summary>A block of keys inside this one.</summary>
    public SpecMap? Block(string key, string example)
    {
        SpecNode? node = Find(key);
        if (node is SpecMap map)
            return map;
        if (node is not null)
            faults.Add(new(node.Line, node.Column, $"{prefix}{key} is {Short(node)}, but must be a block of keys, such as {example}"));
        return null;
    }

    /// <summary>The message for a key that is not known.</summary>
    public static string Unknown(string prefix, string key, IReadOnlyList<string> known)
    {
        string suggestion = Suggestion.For(key, known);
        return $"{prefix}{key} is not a key" + (suggestion.Length > 0 ? suggestion : $" here; known are {string.Join(", ", known)}");
    }

    private string? Read(string key, string bound, Func<SpecScalar, string?> read, IReadOnlyList<string>? words = null)
    {
        SpecNode? node = Find(key);
        if (node is null)
            return null;
        string? value = node is SpecScalar scalar ? read(scalar) : null;
        if (value is null)
            faults.Add(new(node.Line, node.Column, $"{prefix}{key} is {Short(node)}, but must be {bound}{(words is null ? "" : Suggestion.For(Short(node), words))}"));
        return value;
    }

    private T? ReadValue<T>(string key, string bound, Func<SpecScalar, T?> read) where T : struct
    {
        SpecNode? node = Find(key);
        if (node is null)
            return null;
        T? value = node is SpecScalar scalar ? read(scalar) : null;
        if (value is null)
            faults.Add(new(node.Line, node.Column, $"{prefix}{key} is {Short(node)}, but must be {bound}"));
        return value;
    }

    /// <summary>A value as a message shows it.</summary>
    public static string Short(SpecNode node) => node is SpecScalar { IsNull: false } scalar
        ? scalar.Value.Length <= 60 ? scalar.Value : $"{scalar.Value[..57]}... ({scalar.Value.Length:N0} characters)"
        : node.Kind;
}
