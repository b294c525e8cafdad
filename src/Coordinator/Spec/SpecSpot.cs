using YamlDotNet.Core;

namespace CatGan.Coordinator.Spec;

/// <summary>A place in a text, where an editor can mark it.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal readonly record struct SpecSpot(int Line, int Column)
{
    /// <summary>The place that the parser means.</summary>
    public static SpecSpot Of(Mark mark) => new((int)mark.Line, (int)mark.Column);

    /// <summary>The first tab from a line on that indents one; null when there is none.</summary>
    public static SpecSpot? OfTab(string text, int from)
    {
        string[] lines = text.Split('\n');
        for (int i = Math.Max(0, from - 1); i < lines.Length; i++)
        {
            int tab = lines[i].AsSpan().IndexOfAnyExcept(' ');
            if (tab >= 0 && lines[i][tab] == '\t')
                return new(i + 1, tab + 1);
        }
        return null;
    }

    /// <summary>Behind the last line that holds anything, where what is missing at the end belongs.</summary>
    public static SpecSpot EndOf(string text)
    {
        ReadOnlySpan<char> all = text.AsSpan().TrimEnd();
        return new(all.Count('\n') + 1, all.Length - all.LastIndexOf('\n'));
    }
}
