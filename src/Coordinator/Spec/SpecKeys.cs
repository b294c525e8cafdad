using CatGan.Abstractions.Experiments;
using CatGan.Search;

namespace CatGan.Coordinator.Spec;

/// <summary>Every key of a spec besides the settings. docs/spec.md holds the same table; a test compares them.</summary>
internal static class SpecKeys
{
    private static IEnumerable<string> Metrics => MetricNames.All.Select(m => $"`{m.Name}`");

    /// <summary>All keys in the order of the docs.</summary>
    public static IReadOnlyList<SpecKey> All { get; } =
    [
        new("name", "1 to 100 characters", "must be given", "Name for people; the sweep's id begins with it."),
        new("note", "up to 10,000 characters", "none", "What the sweep is to find out; the report shows it."),
        new("tags", "a list of up to 20 words of up to 50 characters", "none", "Words to find the sweep by."),
        new("dataset", "the name of an imported data set, or `builtin:drawn-cats` with `?count=` and `&seed=`", "`builtin:drawn-cats`", "The real pictures. Its content is pinned when the sweep is submitted."),
        new("budget.images", "1 to 1e12", "must be given, or `budget.time`", "Real pictures that each experiment shows its discriminator, repeats counted; the last batch is a whole one, so that it may be a few more."),
        new("budget.time", "1s to 365d, such as `90s`, `20m`, `1h30m`", "no limit", "Training time of each experiment; whichever of the two ends first."),
        new("objective", $"{string.Join(" or ", Metrics)}, or a block with the two keys below", "`swd`", "What experiments are ranked by."),
        new("objective.metric", string.Join(", ", Metrics), "`swd`", "The metric."),
        new("objective.direction", "`minimize`, `maximize`", "`minimize`", "Which way is better."),
        new("sampler", $"{string.Join(", ", SamplerChoice.Names.Select(n => $"`{n}`"))}, or a block with its name and options", "`grid`", "Who proposes configurations."),
        new("sampler.name", string.Join(", ", SamplerChoice.Names.Select(n => $"`{n}`")), "must be given", "The sampler."),
        new("sampler.startup", "1 to 10,000", "10", "`tpe`: configurations with a result before it learns from them; up to then proposals are random."),
        new("sampler.gamma", "0.01 to 0.5", "0.1", "`tpe`: the share of the configurations that count as good."),
        new("sampler.candidates", "1 to 1,000", "24", "`tpe`: configurations weighed up for each that is proposed."),
        new("warm_start", "a sweep (id, beginning of one, or `last`), or a list of up to 10", "none", "`tpe`: earlier sweeps of the same data set and objective whose results it starts from."),
        new("experiments", "1 to 1,000,000", "`grid`: the whole grid; otherwise it must be given", "Configurations to propose, those of `also` not counted; each runs `repeats` times."),
        new("repeats", "1 to 1,000", "1", "Experiments a configuration, each with its own seed; ranked by their mean, with the spread beside it."),
        new("seed", "0 to 9,007,199,254,740,992", "1", "Seed of the sampler and, with its number, of every experiment."),
        new("parameters", "a block of settings", "must be given", "The settings that are fixed or varied."),
        new("also", "a list of up to 1,000 blocks of settings", "none", "Known-good points that run first. Fixed parameters hold for them too."),
        new("pruner", "`none`, `median`, `asha`, `hyperband`, or a block with `name` and the options below", "`none`", "Who pauses or stops experiments at rungs by comparing them; see [search](search.md)."),
        new("pruner.eta", "2 to 100; `asha`, `hyperband`", "2 (`asha`), 3 (`hyperband`)", "The best 1 in this many goes on at a rung; rungs lie this many times apart."),
        new("pruner.min_images", "1 to 1e12 images, below the budget; `asha`, `hyperband`", "a sixteenth of the budget", "The first rung, where `rungs` is not given: the others are at this times `eta`, `eta`^2 and so on."),
        new("pruner.brackets", "1 to the number of rungs + 1; `asha`, `hyperband`", "1 (`asha`), all (`hyperband`)", "Bracket b leaves out the first b rungs; configurations are spread over the brackets."),
        new("pruner.warmup_experiments", "1 to 1,000,000; `median`", "5", "Other experiments that must have reached a rung before one is judged there."),
        new("pruner.warmup_images", "0 to 1e12 images; `median`", "0", "Images before which none is judged."),
        new("patience", "1 to 1,000,000", "never", "Full scores (rungs) in a row without a better objective after which an experiment is stopped, whatever the pruner says."),
        new("slots", "1 to 10,000", "as many as there are", "Most experiments of this sweep that run at once."),
        new("weight", "0.001 to 1,000", "1", "Share of the slots beside other sweeps: twice the weight, twice the slots. `catgan priority` changes it."),
        new("report_every", "1 to 1e12 images", "a 20th of the budget, from 2,000 (or a quarter of a smaller budget) to 20,000", "Images between two reports (losses, speed, a quick score)."),
        new("checkpoint_every", "1 to 1e12 images", "20,000", "Images between two checkpoints."),
        new("keep.best", "0 to 100", "1", "Checkpoints of each experiment that are kept for their full score, the best ones."),
        new("keep.last", "1 to 100", "2", "Newest checkpoints of each experiment that are kept. Those of paused experiments and those pinned by `catgan pin` stay besides."),
        new("keep.experiments", "1 to 1,000,000", "all", "Of the experiments that ended, as many keep checkpoints at all, those with the best scores. The others cannot go on when the budget is extended; they start afresh."),
        new("samples_every", "1 to 1e12 images", "a 10th of the budget; 50,000 without `budget.images`", "Images between two sample grids."),
        new("rungs", "a rising list of images below the budget", "those of the pruner, else none; the end always has a full score", "Images at which a full score is taken."),
        new("stop_on", "a list of `stuck`, `collapsed`", "none", "Flags that end an experiment. `diverged` always does."),
        new("tensorboard", "`true`, `false`", "`false`", "Also write TensorBoard event files."),
        new("webhook.url", "an http or https address", "none", "Where notices are sent; see [webhook.md](webhook.md)."),
        new("webhook.secret", "name of an environment variable of the silo", "none; notices are not signed", "The variable that holds the key to sign notices with. Never the key itself."),
        new("webhook.events", "a list of `finished`, `failed`, `cancelled`", "all three", "What is told: the sweep finished, an experiment failed or ran out of memory, the sweep was cancelled."),
    ];

    /// <summary>The keys at the top level.</summary>
    public static IReadOnlyList<string> Top { get; } = [.. All.Select(k => k.Name.Split('.')[0]).Distinct()];

    /// <summary>The keys inside a block.</summary>
    public static IReadOnlyList<string> In(string block) => [.. All.Where(k => k.Name.StartsWith(block + ".", StringComparison.Ordinal)).Select(k => k.Name[(block.Length + 1)..])];
}
