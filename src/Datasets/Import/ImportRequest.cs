namespace CatGan.Datasets.Import;

/// <summary>What to import and as what.</summary>
public sealed record ImportRequest
{
    /// <summary>A folder tree, or a tar, tar.gz or zip file, of pictures.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the new data set: letters, digits, '.', '_' and '-'.</summary>
    public required string Name { get; init; }

    /// <summary>Side of the packed pictures in pixels, 16 to 256.</summary>
    public int Size { get; init; } = 64;

    /// <summary>How pictures become squares.</summary>
    public ImportLayout Layout { get; init; } = ImportLayout.Auto;

    /// <summary>A text file of pictures to leave out, one file name or path within the source a line; '#' begins a comment.</summary>
    public string? ExcludeList { get; init; }

    /// <summary>Whether a data set of the same name and size is replaced; else it is an error.</summary>
    public bool Replace { get; init; }

    /// <summary>Folder for scratch files, removed when the import ends; the system's when null.</summary>
    public string? ScratchFolder { get; init; }
}
