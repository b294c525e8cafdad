namespace CatGan.Abstractions.Telemetry;

/// <summary>
/// What telemetry is called, apart from the instruments, which the project that raises them lists: the meter, the source
/// of spans, and every label (attribute) of either. See docs/telemetry.md.
/// </summary>
public static class TelemetryNames
{
    /// <summary>The meter of all instruments, and the source of all spans.</summary>
    public const string CatGan = "CatGan";

    /// <summary>Begins the name of every instrument, span and label.</summary>
    public const string Prefix = "catgan.";

    /// <summary>Label: the preset that an experiment's settings start from, such as <c>wgan-gp</c>.</summary>
    public const string Variant = Prefix + "variant";

    /// <summary>Label: <c>generator</c> or <c>discriminator</c>.</summary>
    public const string Network = Prefix + "network";

    /// <summary>Label: what the training thread does, see <see cref="TrainingActivities"/>.</summary>
    public const string Activity = Prefix + "activity";

    /// <summary>Label: the name of a score, such as <c>swd</c>.</summary>
    public const string Metric = Prefix + "metric";

    /// <summary>Label: <c>full</c> at rungs and at the end, <c>quick</c> between them.</summary>
    public const string Score = Prefix + "score";

    /// <summary>Label: a flag that was raised, such as <c>stuck</c>.</summary>
    public const string Verdict = Prefix + "verdict";

    /// <summary>Label: how an attempt ended.</summary>
    public const string End = Prefix + "end";

    /// <summary>Label: how an experiment ended.</summary>
    public const string Outcome = Prefix + "outcome";

    /// <summary>Label: what a stale attempt tried, <c>report</c> or <c>record</c>.</summary>
    public const string Message = Prefix + "message";

    /// <summary>Label: what the store was to do when it failed.</summary>
    public const string Operation = Prefix + "operation";

    /// <summary>Label: <c>free</c>, <c>busy</c> or <c>broken</c>.</summary>
    public const string State = Prefix + "state";

    /// <summary>Label: a device of a silo, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    public const string Device = Prefix + "device";

    /// <summary>Label: where a sweep or an experiment is in its life.</summary>
    public const string Phase = Prefix + "phase";

    /// <summary>Every label of an instrument: none of them grows with the number of sweeps or experiments.</summary>
    public static IReadOnlyList<string> Labels { get; } =
        [Variant, Network, Activity, Metric, Score, Verdict, End, Outcome, Message, Operation, State, Device, Phase];

    /// <summary>Attribute of a span, never a label of a metric: the sweep's id.</summary>
    public const string Sweep = Prefix + "sweep";

    /// <summary>Attribute of a span, never a label of a metric: the experiment's number.</summary>
    public const string Experiment = Prefix + "experiment";

    /// <summary>Attribute of a span: the attempt's fencing epoch.</summary>
    public const string Epoch = Prefix + "epoch";

    /// <summary>Attribute of a span: images shown.</summary>
    public const string Images = Prefix + "images";

    /// <summary>Attribute of a span: the GPU worker.</summary>
    public const string Worker = Prefix + "worker";

    /// <summary>Attribute of a span: why, for people.</summary>
    public const string Reason = Prefix + "reason";
}
