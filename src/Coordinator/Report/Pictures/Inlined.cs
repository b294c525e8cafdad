namespace CatGan.Coordinator.Report.Pictures;

/// <summary>A picture inside the report, with its size so that a page does not jump while it loads.</summary>
/// <param name="Uri">Data URI.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal sealed record Inlined(string Uri, int Width, int Height)
{
    /// <summary>A PNG or JPEG file as a data URI.</summary>
    public static Inlined Of(ReadOnlySpan<byte> file, string type, int width, int height) =>
        new($"data:{type};base64,{Convert.ToBase64String(file)}", width, height);
}

/// <summary>The sample strip of an experiment: a column a moment, the same few z in every column.</summary>
/// <param name="Picture">The columns side by side.</param>
/// <param name="Rows">Pictures a column.</param>
/// <param name="Images">Images of training at each column.</param>
internal sealed record Strip(Inlined Picture, int Rows, IReadOnlyList<long> Images);
