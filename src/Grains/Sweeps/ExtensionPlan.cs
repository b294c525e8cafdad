using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// Whether a sweep can be given more to do. A larger budget changes nothing of what has been trained: what a constant
/// learning rate has done is a part of the longer training. A schedule runs over the whole budget, so that its past would
/// be another one; such a sweep is refused more images.
/// </summary>
internal static class ExtensionPlan
{
    public static CommandPlan Of(Sweep sweep, ExtendSweep command, DateTimeOffset at)
    {
        SweepDefinition now = sweep.Definition;
        SweepExtended extended = new(at, command.BudgetImages, command.Configurations) { BudgetTime = command.BudgetTime };
        if (sweep.Extensions > 0 && IsSo(now, command))
            return CommandPlan.AsItIs("the sweep has that much already");
        if (command.BudgetImages > now.BudgetImages && Scheduled(now) is { } schedule)
        {
            return CommandPlan.Refuse($"lr_schedule is {schedule}, whose rates fall over the budget of {now.BudgetImages} images, so that the experiments cannot go on with more; "
                + "clone the sweep with --set budget.images=N instead");
        }
        return CommandPlan.Checked(sweep, extended, Words(sweep, command));
    }

    // The same extension asked twice, its first answer lost.
    private static bool IsSo(SweepDefinition now, ExtendSweep command) =>
        (command.BudgetImages ?? now.BudgetImages) == now.BudgetImages
        && (command.BudgetTime ?? now.BudgetTime) == now.BudgetTime
        && (command.Configurations ?? now.Configurations) == now.Configurations;

    private static string? Scheduled(SweepDefinition definition)
    {
        string constant = ExperimentSettings.Find(LrSchedule)!.ValueIn(Presets.All[0]);
        IEnumerable<string> values = definition.Space.Find(LrSchedule)?.Extremes() ?? [];
        return values.Concat(definition.Also.Select(a => a.GetValueOrDefault(LrSchedule, constant))).FirstOrDefault(v => v != constant);
    }

    private const string LrSchedule = "lr_schedule";

    private static string Words(Sweep sweep, ExtendSweep command)
    {
        List<string> parts = [];
        if (command.BudgetImages is { } images)
            parts.Add(FormattableString.Invariant($"{images:N0} images an experiment"));
        if (command.BudgetTime is { } time)
            parts.Add($"{time} of training an experiment");
        if (command.Configurations is { } configurations)
            parts.Add(FormattableString.Invariant($"{configurations:N0} configurations"));
        int without = sweep.Experiments.Count(e => e.Outcome == ExperimentOutcome.Completed && e.LastCheckpoint is null);
        string note = without > 0 && (command.BudgetImages ?? 0) > 0 ? $"; {without} experiments have no checkpoint and start afresh" : "";
        return $"extended to {string.Join(", ", parts)}{note}";
    }
}
