namespace CatGan.Search.Samplers;

/// <summary>
/// What a sweep's configurations came to so far, for samplers that learn from it. Configurations are known by their index
/// from 0, in the order in which they were proposed; everything here follows from the sweep's experiments alone.
/// </summary>
internal interface IConfigurationResults
{
    /// <summary>Configurations proposed so far, those of <c>also</c> included.</summary>
    int Count { get; }

    /// <summary>Those with a score, ended or not: the mean over the repeats of the best objective of each.</summary>
    int Scored { get; }

    /// <summary>Those that ended without a score to compare: diverged, failed, out of memory.</summary>
    int Failed { get; }

    /// <summary>Indices of the best by score, best first; of equals the lower index. Costs no more than what is taken.</summary>
    IEnumerable<int> Best { get; }

    /// <summary>The configuration of this index.</summary>
    Configuration this[int index] { get; }

    /// <summary>True when a person cancelled it, so that it says nothing.</summary>
    bool IsWithdrawn(int index);
}
