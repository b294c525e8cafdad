using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report;

/// <summary>How an experiment went, in a word, a sign and a sentence.</summary>
/// <param name="Word">One or two words.</param>
/// <param name="Sign">A sign, so that nothing hangs on colour alone.</param>
/// <param name="Class">Class in the style sheet.</param>
/// <param name="Why">The reason; empty when it simply worked.</param>
internal sealed record Verdict(string Word, string Sign, string Class, string Why)
{
    /// <summary>The word for one that came to its end far from real pictures.</summary>
    public const string NotCatsYet = "not cats yet";

    /// <summary>The word for one that came to its end as it should.</summary>
    public const string Worked = "worked";

    /// <summary>The verdict on an experiment.</summary>
    public static Verdict Of(ExperimentRecord experiment)
    {
        string why = string.Join(" ", experiment.Flags.Select(f => f.Value).Prepend(experiment.Reason).Where(t => t.Length > 0).Distinct());
        return experiment switch
        {
            { Phase: ExperimentPhase.Waiting } => new("waiting", "…", "v-open", why),
            { Phase: ExperimentPhase.Paused } => new("paused", "–", "v-open", why),
            { Phase: ExperimentPhase.Running } when experiment.Flags.IsEmpty => new("running", "…", "v-open", why),
            { Phase: ExperimentPhase.Running } => new("running, " + FlagWords(experiment), "!", "v-warn", why),
            { Outcome: Outcome.Diverged } => new("diverged", "✕", "v-bad", why),
            { Outcome: Outcome.OutOfMemory } => new("out of memory", "✕", "v-bad", why),
            { Outcome: Outcome.Failed } => new("failed", "✕", "v-bad", why),
            { Outcome: Outcome.Cancelled } => new("cancelled", "–", "v-open", why),
            _ when !experiment.Flags.IsEmpty => new(FlagWords(experiment), "!", "v-warn", why),
            { Outcome: Outcome.Stopped } => new("stopped early", "–", "v-open", why),
            { Likeness: Likeness.NotYet } => new(NotCatsYet, "–", "v-open", $"{Far(experiment)} {why}".Trim()),
            _ => new(Worked, "✓", "v-good", why),
        };
    }

    /// <summary>The verdict on a configuration: the one of all repeats, or how many had which.</summary>
    public static Verdict Of(ConfigurationRank configuration)
    {
        Verdict[] all = [.. configuration.Experiments.Select(Of)];
        if (all.Select(v => v.Word).Distinct().Count() == 1)
            return all[0];
        string words = string.Join(", ", all.GroupBy(v => v.Word).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}"));
        Verdict worst = all.MaxBy(v => v.Class switch { "v-bad" => 3, "v-warn" => 2, "v-open" => 1, _ => 0 })!;
        return worst with { Word = words, Why = string.Join(" ", all.Select(v => v.Why).Where(w => w.Length > 0).Distinct()) };
    }

    /// <summary>Writes it as a badge.</summary>
    public void Write(Markup markup) =>
        markup.Open("span", ("class", $"badge {Class}")).Element("span", Sign, ("aria-hidden", "true")).Text(" " + Word).Close();

    private static string Far(ExperimentRecord experiment) => Likenesses.Of(experiment) is { } score
        ? $"Trained to the end, but its SWD of {Words.Score(score.Value)} is {Words.Times(score.Value / score.Floor)} the floor of {Words.Floor(score.Floor, score.Pictures)}{(Words.AtFullSize(score) is { Length: > 0 } full ? $", {full}" : "")}."
        : "";

    private static string FlagWords(ExperimentRecord experiment) => string.Join(", ", experiment.Flags.Keys);
}
