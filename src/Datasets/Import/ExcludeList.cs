using System.Collections.Immutable;

namespace CatGan.Datasets.Import;

/// <summary>Names of pictures to leave out.</summary>
internal sealed class ExcludeList
{
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _unmatched;

    private ExcludeList(IEnumerable<string> names)
    {
        _names = new HashSet<string>(names, StringComparer.Ordinal);
        _unmatched = new HashSet<string>(_names, StringComparer.Ordinal);
    }

    public ImmutableArray<string> Unmatched => [.. _unmatched.Order(StringComparer.Ordinal)];

    public static async Task<ExcludeList> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null)
            return new ExcludeList([]);
        try
        {
            string[] lines = await File.ReadAllLinesAsync(path, cancellationToken);
            return new ExcludeList(lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"The exclude list {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Whether a picture is named, by its path or by its file name alone.</summary>
    public bool Contains(string name)
    {
        string file = name[(name.LastIndexOf('/') + 1)..];
        bool path = _names.Contains(name), alone = _names.Contains(file);
        if (path)
            _unmatched.Remove(name);
        if (alone)
            _unmatched.Remove(file);
        return path || alone;
    }
}
