namespace CatGan.Datasets.Import;

/// <summary>How far an import is, in pictures.</summary>
/// <param name="Done">Pictures looked at.</param>
/// <param name="Total">Pictures in the source.</param>
/// <param name="Kept">Pictures packed so far.</param>
public readonly record struct ImportProgress(int Done, int Total, int Kept)
{
    /// <summary>Pictures left out so far.</summary>
    public int Skipped => Done - Kept;
}
