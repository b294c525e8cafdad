using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Sweeps;

/// <summary>How results are written.</summary>
internal enum ResultsFormat
{
    /// <summary>For people: the ranking of one sweep, or a line an experiment.</summary>
    Text,

    /// <summary>RFC 4180.</summary>
    Csv,

    /// <summary>An array of objects.</summary>
    Json,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}

/// <summary>Which results a person wants.</summary>
/// <param name="Sweeps">Sweeps as typed; empty for those that <paramref name="Filter"/> chooses.</param>
/// <param name="Filter">What is known of each sweep.</param>
/// <param name="Conditions">What must hold for each experiment.</param>
/// <param name="Best">Only so many, those with the best full scores; null for all.</param>
/// <param name="Format">How they are written.</param>
internal sealed record ResultsWish(IReadOnlyList<string> Sweeps, SweepFilter Filter, IReadOnlyList<ResultCondition> Conditions, int? Best, ResultsFormat Format)
{
    /// <summary>True when not all rows of the sweeps are meant.</summary>
    public bool ChoosesRows => Filter.Variants.Count > 0 || Conditions.Count > 0 || Best is not null;

    /// <summary>True when sweeps are chosen by what is known of them.</summary>
    public bool ChoosesSweeps => Filter.Tags.Count > 0 || Filter.Name is not null || Filter.States.Count > 0;
}
