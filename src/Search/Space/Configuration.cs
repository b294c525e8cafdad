using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>
/// The settings of one experiment: values by name, as a spec writes them, in the order of the names. Equal when all
/// names and values are.
/// </summary>
[JsonConverter(typeof(ConfigurationConverter))]
[SuppressMessage("Naming", "CA1710", Justification = "A configuration that happens to be a dictionary.")]
public sealed class Configuration : IReadOnlyDictionary<string, string>, IEquatable<Configuration>
{
    private readonly ImmutableSortedDictionary<string, string> _values;

    /// <summary>A configuration of these values; of two values of one name the later counts.</summary>
    public Configuration(IEnumerable<KeyValuePair<string, string>> values) =>
        _values = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).SetItems(values);

    /// <summary>The values as an immutable dictionary, ordered by name.</summary>
    public ImmutableSortedDictionary<string, string> Values => _values;

    /// <inheritdoc/>
    public string this[string key] => _values[key];

    /// <inheritdoc/>
    public int Count => _values.Count;

    IEnumerable<string> IReadOnlyDictionary<string, string>.Keys => _values.Keys;

    IEnumerable<string> IReadOnlyDictionary<string, string>.Values => _values.Values;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Configuration? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Configuration);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (KeyValuePair<string, string> pair in _values)
            hash.Add(pair);
        return hash.ToHashCode();
    }

    /// <summary>True when names and values are the same, numbers compared as numbers: <c>1e-4</c> is <c>0.0001</c>.</summary>
    public bool IsSamePoint(Configuration other) =>
        Count == other.Count && _values.All(v => other.TryGetValue(v.Key, out string? text) && Numbers.Same(v.Value, text));

    /// <summary>All pairs in one line: <c>lr_d=5e-5 preset=dcgan</c>.</summary>
    public override string ToString() => string.Join(' ', _values.Select(v => $"{v.Key}={v.Value}"));
}
