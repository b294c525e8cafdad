namespace CatGan.Datasets;

/// <summary>Names and sizes of imported data sets, and their blobs.</summary>
public static class DatasetName
{
    internal const string Prefix = "datasets/";
    internal const string Suffix = ".safetensors";
    private const int MaxLength = 64;

    /// <summary>The blob of a data set at one size.</summary>
    internal static string Blob(string name, int size) => string.Create(null, $"{Prefix}{name}/{size}{Suffix}");

    /// <summary>Why this is no name; null when it is one.</summary>
    public static string? Fault(string name)
    {
        bool good = name.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
        return good ? null : $"data set name '{name}' must be 1 to {MaxLength} letters, digits, '.', '_' or '-', beginning with a letter or digit";
    }

    /// <summary>Why this is no size; null when it is one.</summary>
    public static string? Fault(int size) =>
        size is >= DatasetReference.MinSize and <= DatasetReference.MaxSize
            ? null
            : $"size is {size}, but must be from {DatasetReference.MinSize} to {DatasetReference.MaxSize}";
}
