using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using CatGan.Search;

namespace CatGan.Coordinator.Spec;

/// <summary>Reads a sweep's YAML; finds every fault at once. See docs/spec.md.</summary>
internal sealed class SpecReader
{
    private const long MaxSeed = 9_007_199_254_740_992;
    private const int MaxAlso = 1000;
    private readonly FaultList faults = new();
    private readonly SpecPlaces places = new();

    private SpecReader()
    {
    }

    /// <summary>Reads a spec. Whatever the text, this ends soon and does not throw.</summary>
    public static SpecReading Read(string yaml)
    {
        SpecReader reader = new();
        SweepDefinition? definition = SpecTree.Read(yaml, reader.faults) switch
        {
            SpecMap map => reader.Read(map),
            null => null,
            { } other => reader.NotKeys(other),
        };
        if (definition is not null && reader.faults.IsEmpty)
            reader.faults.AddRange(definition.Faults().Select(reader.places.Place));
        if (definition is not null && reader.faults.IsEmpty)
            reader.faults.AddRange(SpecChecks.Find(definition, reader.places));
        // The parser places what is missing at the end behind the text, where no editor can mark it.
        SpecSpot end = SpecSpot.EndOf(yaml);
        PlacedFault[] faults = [.. reader.faults.ToList().Select(f => f.Line > end.Line ? f with { Line = end.Line, Column = end.Column } : f)];
        return new(faults.Length == 0 ? definition : null, faults, reader.places);
    }

    private SweepDefinition? NotKeys(SpecNode node)
    {
        faults.Add(new(node.Line, node.Column, $"the spec is {SpecSection.Short(node)}, but must be a block of keys, such as `name: my sweep`"));
        return null;
    }

    private SweepDefinition Read(SpecMap map)
    {
        SpecSection top = new(map, "", SpecKeys.Top, faults);
        foreach (SpecEntry entry in map.Entries)
            places.Add(entry.Key.Value, entry.Value);
        (long images, TimeSpan? time) = Budget(top);
        ParameterSpace space = new ParameterReader(places, faults).Read(top.Block("parameters", "{preset: dcgan}"));
        RequirePreset(top, space);
        PrunerChoice? pruner = new PrunerReader(places, faults).Read(top);
        return new()
        {
            Name = Name(top),
            Note = top.Text("note", 10_000),
            Tags = Words(top, "tags", 20, 50),
            Dataset = Dataset(top),
            BudgetImages = images,
            BudgetTime = time,
            Objective = Objective(top),
            Sampler = Sampler(top),
            Configurations = (int?)top.Whole("experiments", 1, SweepDefinition.MaxExperiments),
            Repeats = (int)(top.Whole("repeats", 1, 1000) ?? 1),
            Seed = top.Whole("seed", 0, MaxSeed) ?? 1,
            Space = space,
            Also = Also(top),
            WarmStart = Words(top, "warm_start", 10, 200),
            Pruner = pruner,
            Patience = (int?)top.Whole("patience", 1, 1_000_000),
            Slots = (int?)top.Whole("slots", 1, 10_000),
            Weight = top.Number("weight", 1 / SweepDefinition.MaxWeight, SweepDefinition.MaxWeight) ?? 1,
            Keep = Keep(top),
            Webhook = Webhook(top),
            ReportEvery = top.Whole("report_every", 1, TrainingPlan.NoLimit) ?? Math.Clamp(images / 20, Math.Min(2_000, Math.Max(1, images / 4)), 20_000),
            CheckpointEvery = top.Whole("checkpoint_every", 1, TrainingPlan.NoLimit) ?? 20_000,
            SamplesEvery = top.Whole("samples_every", 1, TrainingPlan.NoLimit) ?? (images == TrainingPlan.NoLimit ? 50_000 : Math.Max(1, images / 10)),
            Rungs = top.Has("rungs") ? Rungs(top) : pruner?.DefaultRungs(images) ?? [],
            StopOn = Words(top, "stop_on", 10, 50),
            TensorBoard = top.Flag("tensorboard") ?? false,
        };
    }

    private string Name(SpecSection top)
    {
        string? name = top.Text("name", 100);
        if (!top.Has("name") || top.Find("name") is SpecScalar { Value: var text } && string.IsNullOrWhiteSpace(text) || top.Find("name") is null)
            Missing(top, "name", "give the sweep a name, such as `name: four gans`");
        return name ?? "";
    }

    private string Dataset(SpecSection top)
    {
        string reference = top.Text("dataset", 200) ?? DatasetReference.BuiltIn;
        if (DatasetReference.TryParse(reference, out IReadOnlyList<string> wrong) is null)
            faults.AddRange(wrong.Select(w => places.At("dataset", w)));
        return reference;
    }

    private (long Images, TimeSpan? Time) Budget(SpecSection top)
    {
        if (!top.Has("budget"))
        {
            Missing(top, "budget", "say how long each experiment trains, such as `budget: {images: 100_000}`");
            return (1, null);
        }
        if (top.Block("budget", "{images: 100_000}") is not { } map)
            return (1, null);
        SpecSection budget = new(map, "budget.", SpecKeys.In("budget"), faults);
        foreach (SpecEntry entry in map.Entries)
            places.Add($"budget.{entry.Key.Value}", entry.Value);
        long? images = budget.Whole("images", 1, TrainingPlan.NoLimit);
        TimeSpan? time = budget.Duration("time", TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
        if (!budget.Has("images") && !budget.Has("time"))
            faults.Add(places.At("budget", "budget is empty, but must hold images or time, such as {images: 100_000}"));
        return (images ?? TrainingPlan.NoLimit, time);
    }

    private Objective Objective(SpecSection top)
    {
        string[] names = [.. MetricNames.All.Select(m => m.Name)];
        if (top.Find("objective") is not SpecMap map)
            return Usual(Metric(top, "objective", "objective", names));
        SpecSection objective = new(map, "objective.", SpecKeys.In("objective"), faults);
        Objective usual = Usual(Metric(objective, "metric", "objective.metric", names));
        return objective.Word("direction", ["minimize", "maximize"]) is { } direction ? usual with { Minimize = direction == "minimize" } : usual;

        static Objective Usual(string? name)
        {
            MetricName metric = MetricNames.All.FirstOrDefault(m => m.Name == name) ?? MetricNames.All[0];
            return new(metric.Name, metric.Minimize);
        }
    }

    private string? Metric(SpecSection section, string key, string path, IReadOnlyList<string> names)
    {
        if (section.Find(key) is not SpecScalar { Value: var name } scalar || !name.Contains("loss", StringComparison.OrdinalIgnoreCase))
            return section.Word(key, names);
        faults.Add(new(scalar.Line, scalar.Column, $"{path} is {name}, but must be one of {string.Join(", ", names)}; a loss means something else in each variant, so losses do not compare"));
        return null;
    }

    private RetentionRule Keep(SpecSection top)
    {
        RetentionRule usual = RetentionRule.Usual;
        if (top.Block("keep", "{best: 1, last: 2}") is not { } map)
            return usual;
        SpecSection keep = new(map, "keep.", SpecKeys.In("keep"), faults);
        return new((int)(keep.Whole("best", 0, RetentionRule.Most) ?? usual.Best), (int)(keep.Whole("last", 1, RetentionRule.Most) ?? usual.Last), (int?)keep.Whole("experiments", 1, SweepDefinition.MaxExperiments));
    }

    private Webhook? Webhook(SpecSection top)
    {
        if (top.Block("webhook", "{url: https://example.org/catgan}") is not { } map)
            return null;
        SpecSection webhook = new(map, "webhook.", SpecKeys.In("webhook"), faults);
        foreach (SpecEntry entry in map.Entries)
            places.Add($"webhook.{entry.Key.Value}", entry.Value);
        if (webhook.Find("url") is null)
            faults.Add(places.At("webhook", "webhook.url is missing; name the address that notices are sent to"));
        ImmutableArray<string> events = Words(webhook, "events", 10, 50);
        return new(webhook.Text("url", 2000) ?? "https://example.org", webhook.Text("secret", 100), webhook.Has("events") ? events : Search.Webhook.KnownEvents);
    }

    private SamplerChoice Sampler(SpecSection top)
    {
        if (top.Find("sampler") is not SpecMap map)
            return SamplerChoice.Of(top.Text("sampler", 50) ?? "grid");
        // Options are the sampler's own: it says itself which it knows.
        SpecSection sampler = new(map, "sampler.", [.. map.Entries.Select(e => e.Key.Value)], faults);
        foreach (SpecEntry entry in map.Entries)
            places.Add($"sampler.{entry.Key.Value}", entry.Value);
        ImmutableSortedDictionary<string, string> options = map.Entries.Select(e => e.Key.Value).Where(k => k != "name").Distinct()
            .ToImmutableSortedDictionary(k => k, k => sampler.Text(k, 200) ?? "");
        if (sampler.Find("name") is null)
            faults.Add(places.At("sampler", $"sampler.name is missing, but must be one of {string.Join(", ", SamplerChoice.Names)}"));
        return new(sampler.Text("name", 50) ?? "grid", options);
    }

    private ImmutableArray<Configuration> Also(SpecSection top)
    {
        switch (top.Find("also"))
        {
            case null:
                return [];
            case SpecList { Items.Length: <= MaxAlso } list:
                return [.. list.Items.Select(Point)];
            case { } other:
                faults.Add(places.At("also", $"also is {SpecSection.Short(other)}, but must be a list of at most {MaxAlso} blocks of settings, such as [{{preset: dcgan, lr_d: 5e-5}}]"));
                return [];
        }
    }

    private Configuration Point(SpecNode node, int index)
    {
        places.Add($"also[{index}]", node);
        if (node is not SpecMap map)
        {
            faults.Add(new(node.Line, node.Column, $"also[{index}] is {SpecSection.Short(node)}, but must be a block of settings, such as {{preset: dcgan, lr_d: 5e-5}}"));
            return new([]);
        }
        _ = new SpecSection(map, $"also[{index}].", [.. Abstractions.Experiments.ExperimentSettings.All.Select(s => s.Name)], faults);
        return new(map.Entries.Where(e => ParameterReader.Setting(e) is not null)
            .Select(e => KeyValuePair.Create(e.Key.Value, SettingText.Read(ParameterReader.Setting(e)!, e.Value, faults) ?? "")));
    }

    private ImmutableArray<long> Rungs(SpecSection top)
    {
        IReadOnlyList<SpecScalar> items = top.Scalars("rungs", 1000);
        ImmutableArray<long>.Builder rungs = ImmutableArray.CreateBuilder<long>(items.Count);
        foreach (SpecScalar item in items)
        {
            places.Add($"rungs[{rungs.Count}]", item);
            if (SpecNumber.ParseWhole(item.Value) is not { } images)
                faults.Add(new(item.Line, item.Column, $"rungs[{rungs.Count}] is {SpecSection.Short(item)}, but must be a whole number of images"));
            rungs.Add(SpecNumber.ParseWhole(item.Value) ?? 0);
        }
        return rungs.ToImmutable();
    }

    private ImmutableArray<string> Words(SpecSection top, string key, int most, int longest)
    {
        IReadOnlyList<SpecScalar> items = top.Scalars(key, most);
        foreach ((int index, SpecScalar item) in items.Index())
        {
            places.Add($"{key}[{index}]", item);
            if (item.Value.Length > longest || string.IsNullOrWhiteSpace(item.Value))
                faults.Add(new(item.Line, item.Column, $"{key}[{index}] is {SpecSection.Short(item)}, but must be a word of 1 to {longest} characters"));
        }
        return [.. items.Select(i => i.Value)];
    }

    private void RequirePreset(SpecSection top, ParameterSpace space)
    {
        if (!top.Has("parameters"))
            Missing(top, "parameters", "name at least a preset, such as `parameters: {preset: dcgan}`");
        else if (top.Find("parameters") is SpecMap map && !map.Entries.Any(e => e.Key.Value == "preset"))
            faults.Add(places.At("parameters", "parameters.preset is missing; every experiment starts from one, such as `preset: dcgan`"));
        else if (space.Find("preset") is { When.IsEmpty: false })
            faults.Add(places.At("parameters.preset.when", "preset has a condition, but every experiment needs one; remove its when"));
    }

    private void Missing(SpecSection top, string key, string cure) =>
        faults.Add(new(top.Map.Line, top.Map.Column, $"{key} is missing; {cure}"));
}
