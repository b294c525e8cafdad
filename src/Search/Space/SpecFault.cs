namespace CatGan.Search;

/// <summary>One thing that is wrong with a definition.</summary>
/// <param name="Path">Where, in the words of a spec: <c>parameters.lr_d.log_uniform</c>, <c>also[0]</c>, <c>rungs[2]</c>.</param>
/// <param name="Message">What is wrong, with the value, the bound and what to do.</param>
public sealed record SpecFault(string Path, string Message)
{
    /// <summary>Path and message in one line.</summary>
    public override string ToString() => $"{Path}: {Message}";
}
