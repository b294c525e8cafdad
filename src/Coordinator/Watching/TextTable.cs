namespace CatGan.Coordinator.Watching;

/// <summary>Rows of cells as lines with columns of even width.</summary>
internal static class TextTable
{
    /// <summary>The lines; every row must have as many cells as the first.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
            return [];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
    }
}
