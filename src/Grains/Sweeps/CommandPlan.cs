using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>What a person's command comes to: events to journal, or why there are none.</summary>
/// <param name="Events">Events, all of one batch; empty when it is so already or is refused.</param>
/// <param name="Done">What is done, or was so already, for people; null when it is refused.</param>
/// <param name="Refusal">Why it is refused; null otherwise.</param>
internal sealed record CommandPlan(ImmutableArray<SweepEvent> Events, string? Done, string? Refusal)
{
    /// <summary>Decides about a command, in the present state of a sweep.</summary>
    public static CommandPlan Of(Sweep sweep, SweepCommand command, DateTimeOffset at) => command switch
    {
        PauseSweep => Pause(sweep, at),
        PauseExperiment c => One(sweep, new ExperimentPauseRequested(at, c.Experiment), e => e.PausedBy == PauseSource.Person, Pausing),
        ResumeExperiment c => One(sweep, new ExperimentResumed(at, c.Experiment), e => e is { PausedBy: null, Stage: not ExperimentStage.Ended }, (n, so) => so ? $"experiment {n} is not paused" : $"experiment {n} goes on"),
        CancelExperiment c => One(sweep, new ExperimentCancelRequested(at, c.Experiment, c.Reason), e => e.CancelReason is not null || e.Outcome == ExperimentOutcome.Cancelled, (n, so) => so ? $"experiment {n} was cancelled before" : $"experiment {n} is cancelled"),
        ExtendSweep c => ExtensionPlan.Of(sweep, c, at),
        RetryExperiments c => Retry(sweep, c, at),
        ChangeShare c => Share(sweep, c, at),
        TagSweep c => Tag(sweep, c, at),
        PinCheckpoint c => PinPlan.Of(sweep, c, at),
        _ => Refuse($"this silo does not know the command {command.GetType().Name}; it may be older than this program"),
    };

    /// <summary>Nothing is done, and that is fine.</summary>
    public static CommandPlan AsItIs(string why) => new([], why, null);

    /// <summary>Nothing is done, and that is not what was wanted.</summary>
    public static CommandPlan Refuse(string why) => new([], null, why);

    private static CommandPlan Pause(Sweep sweep, DateTimeOffset at) => sweep.Stage is SweepStage.Paused or SweepStage.Pausing
        ? AsItIs("the sweep was paused before")
        : Checked(sweep, new PauseRequested(at), "the sweep is paused; running experiments write a checkpoint and leave");

    private static string Pausing(int number, bool already) =>
        already ? $"experiment {number} was paused before" : $"experiment {number} is paused; if it runs, it writes a checkpoint and leaves";

    private static CommandPlan One(Sweep sweep, ExperimentEvent asked, Func<Experiment, bool> isSo, Func<int, bool, string> words)
    {
        if (asked.Number < 1 || asked.Number > sweep.Total)
            return Refuse($"there is no experiment {asked.Number}, the sweep has {sweep.Total}");
        if (asked.Number > sweep.Experiments.Count)
            return Refuse($"experiment {asked.Number} has no configuration yet, {sweep.Experiments.Count} of {sweep.Total} have; wait until it is its turn");
        return isSo(sweep.Experiments[asked.Number - 1])
            ? AsItIs(words(asked.Number, true))
            : Checked(sweep, asked, words(asked.Number, false));
    }

    internal static CommandPlan Checked(Sweep sweep, SweepEvent asked, string done) =>
        sweep.Refusal(asked) is { } refusal ? Refuse(refusal) : new([asked], done, null);

    private static CommandPlan Retry(Sweep sweep, RetryExperiments command, DateTimeOffset at)
    {
        string from = command.Fresh ? "from the start" : "from the last checkpoint";
        if (command.Experiment is { } number)
            return One(sweep, new ExperimentRetried(at, number, command.Fresh), e => e.Stage != ExperimentStage.Ended, (n, so) => so ? $"experiment {n} has not ended" : $"experiment {n} goes again, {from}");
        ImmutableArray<SweepEvent> again =
        [
            .. sweep.Experiments.Where(e => e.Outcome is ExperimentOutcome.Failed or ExperimentOutcome.OutOfMemory)
                .Select(e => new ExperimentRetried(at, e.Number, command.Fresh)),
        ];
        if (again.IsEmpty)
            return AsItIs("no experiment failed or ran out of memory; name one, SWEEP/N, to retry one that diverged or was cancelled");
        return again.Select(sweep.Refusal).FirstOrDefault(r => r is not null) is { } refusal
            ? Refuse(refusal)
            : new(again, $"{Count(again.Length)} again, {from}", null);
    }

    private static string Count(int count) => count == 1 ? "1 experiment goes" : $"{count} experiments go";

    private static CommandPlan Share(Sweep sweep, ChangeShare command, DateTimeOffset at)
    {
        SweepDefinition now = sweep.Definition;
        ShareChanged changed = new(at, command.Weight ?? now.Weight, command.Cap is { } cap ? (cap == 0 ? null : cap) : now.Slots);
        string words = FormattableString.Invariant($"weight {changed.Weight}, {(changed.Slots is { } slots ? $"at most {slots} experiments at once" : "no cap")}");
        return changed.Weight == now.Weight && changed.Slots == now.Slots ? AsItIs(words) : Checked(sweep, changed, words);
    }

    private static CommandPlan Tag(Sweep sweep, TagSweep command, DateTimeOffset at)
    {
        ImmutableArray<string> tags = [.. sweep.Definition.Tags.Except(command.Remove).Union(command.Add)];
        string? note = command.Note is null ? sweep.Definition.Note : command.Note.Length == 0 ? null : command.Note;
        string words = tags.IsEmpty ? "no tags" : $"tags: {string.Join(", ", tags)}";
        return tags.SequenceEqual(sweep.Definition.Tags) && note == sweep.Definition.Note ? AsItIs(words) : Checked(sweep, new TagsChanged(at, tags, note), words);
    }
}
