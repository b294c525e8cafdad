using CatGan.Coordinator.App;
using CatGan.Datasets.Import;

namespace CatGan.Coordinator.Commands;

/// <summary>An import's progress on the error stream: a bar that is redrawn on a terminal, else a line every tenth.</summary>
internal sealed class ImportBar(Surroundings surroundings) : IProgress<ImportProgress>, IDisposable
{
    private const int Width = 32;
    private static readonly TimeSpan s_redraw = TimeSpan.FromMilliseconds(100);
    private readonly long _start = surroundings.Time.GetTimestamp();
    private long _drawn;
    private int _tenth;
    private bool _open;

    /// <inheritdoc/>
    public void Report(ImportProgress value)
    {
        if (surroundings.IsTerminal)
            Draw(value);
        else if (10L * value.Done / value.Total > _tenth)
            surroundings.Error.WriteLine($"{_tenth = (int)(10L * value.Done / value.Total)}0% {Words(value)}");
    }

    /// <summary>Leaves the terminal's cursor on a line of its own.</summary>
    public void Dispose()
    {
        if (_open)
            surroundings.Error.WriteLine();
    }

    private void Draw(ImportProgress value)
    {
        long now = surroundings.Time.GetTimestamp();
        if (_open && value.Done < value.Total && surroundings.Time.GetElapsedTime(_drawn, now) < s_redraw)
            return;
        (_drawn, _open) = (now, true);
        int full = (int)((long)Width * value.Done / value.Total);
        double seconds = Math.Max(0.001, surroundings.Time.GetElapsedTime(_start, now).TotalSeconds);
        surroundings.Error.Write($"\r{new string('#', full)}{new string('.', Width - full)} {Words(value)}, {value.Done / seconds:F0}/s \e[K");
        surroundings.Error.Flush();
    }

    private static string Words(ImportProgress value) =>
        $"{value.Done} of {value.Total} pictures{(value.Skipped > 0 ? $", {value.Skipped} left out" : "")}";
}
