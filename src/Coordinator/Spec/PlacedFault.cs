namespace CatGan.Coordinator.Spec;

/// <summary>One thing wrong with a spec.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">Names the key, its value and the bound, and what to do.</param>
internal sealed record PlacedFault(int Line, int Column, string Message)
{
    /// <summary>The fault as compilers word theirs.</summary>
    public string Word(string file) => $"{file}:{Line}:{Column}: {Message}";
}
