using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Training.Verdicts;

namespace CatGan.Training.Steps;

/// <summary>Where an experiment stands, apart from its tensors: written into every checkpoint as JSON.</summary>
internal sealed class Progress
{
    /// <summary>Real pictures shown to the discriminator.</summary>
    public long Images { get; set; }

    /// <summary>Generator updates.</summary>
    public long Updates { get; set; }

    /// <summary>Discriminator updates of all iterations.</summary>
    public long CriticUpdates { get; set; }

    /// <summary>Discriminator updates of the running iteration: its place within it.</summary>
    public int CriticDone { get; set; }

    /// <summary>Images at the last generator update.</summary>
    public long ImagesAtUpdate { get; set; }

    /// <summary>Training time in seconds, attempts added up.</summary>
    public double Seconds { get; set; }

    /// <summary>Images at the last report.</summary>
    public long ReportImages { get; set; }

    /// <summary>Training time at the last report.</summary>
    public double ReportSeconds { get; set; }

    /// <summary>The last report; null before the first.</summary>
    public CurvePoint? Last { get; set; }

    /// <summary>What the verdicts look at.</summary>
    public EvidenceLog Evidence { get; init; } = new();

    /// <summary>Flags raised so far, each with the reason it was first raised for: a flag once raised stays, whoever goes on.</summary>
    public ImmutableSortedDictionary<string, string> Flags { get; set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How the experiment ended; null while it goes on.</summary>
    public Outcome? Outcome { get; set; }

    /// <summary>Why it ended so.</summary>
    public string? Reason { get; set; }
}
