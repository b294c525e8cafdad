using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Simulate;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan simulate SWEEP --pruner NAME</c>: a finished sweep's journal under another pruner. Needs no silo, trains nothing.</summary>
internal static class SimulateCommand
{
    private static readonly (string Option, string Name, string Description)[] PrunerOptions =
    [
        ("--eta", "eta", "1 in this many goes on at a rung (asha, hyperband)."),
        ("--min-images", "min_images", "Images of the first rung (asha, hyperband). [default: the sweep's first rung]"),
        ("--brackets", "brackets", "Brackets (asha, hyperband)."),
        ("--warmup-experiments", "warmup_experiments", "Others that must have reached a rung (median)."),
        ("--warmup-images", "warmup_images", "Images before which none is judged (median)."),
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.Sweep();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<string> pruner = new("--pruner") { Description = $"The pruner: {PrunerChoice.None}, {string.Join(", ", PrunerChoice.Names)}.", HelpName = "NAME", Required = true };
        (Option<string?> Option, string Name)[] options = [.. PrunerOptions.Select(o => (Whole(o.Option, o.Description), o.Name))];
        Option<string?> patience = Whole("--patience", "Full scores without a gain after which an experiment is stopped, whatever the pruner says.");
        Option<string?> rungs = new("--rungs") { Description = "Images to judge at, of the sweep's own rungs, such as 1000,4000. [default: the pruner's]", HelpName = "IMAGES,..." };
        Option<int?> workers = new("--workers") { Description = "Experiments that train at once. [default: the sweep's own]", HelpName = "N" };
        Option<int?> orders = new("--orders") { Description = "Orders by chance in which its configurations come, each played once. [default: the sweep's own order alone]", HelpName = "N" };
        Option<long> seed = new("--seed") { Description = "Seed of the orders.", HelpName = "S", DefaultValueFactory = _ => 1 };
        Option<bool> json = CommonOptions.Json("One JSON object.");
        Command command = new("simulate", "Replay a finished sweep's own scores under another pruner: what it would have saved and missed.") { sweep, store, pruner, patience, rungs, workers, orders, seed, json };
        foreach ((Option<string?> option, _) in options)
            command.Add(option);
        command.SetAction(async (parse, cancel) =>
        {
            IBlobStore opened = StoreOpener.Open(surroundings, parse.GetRequiredValue(store));
            string id = await new SweepDirectory(opened).ResolveAsync(parse.GetRequiredValue(sweep), cancel);
            SimulationWishes wishes = new()
            {
                Pruner = parse.GetRequiredValue(pruner),
                Options = options.Select(o => (o.Name, Value: Number(o.Option.Name, parse.GetValue(o.Option))))
                    .Where(o => o.Value is not null).ToImmutableSortedDictionary(o => o.Name, o => o.Value!.Value.ToString(CultureInfo.InvariantCulture)),
                Patience = (int?)Number("--patience", parse.GetValue(patience)),
                Rungs = Rungs(parse.GetValue(rungs)),
                Workers = parse.GetValue(workers),
                Orders = parse.GetValue(orders),
                Seed = parse.GetValue(seed),
            };
            SimulationReport report = SimulationReport.Of(id, await StoredSweep.RequireAsync(opened, id, cancel), wishes, cancel);
            foreach (string line in parse.GetValue(json) ? [report.ToJson()] : report.Lines())
                surroundings.Out.WriteLine(line);
            return ExitCode.Done;
        });
        return command;
    }

    // As text: 64_000 and 1e6 are numbers here as they are in a spec.
    private static Option<string?> Whole(string name, string description) => new(name) { Description = description, HelpName = "N" };

    private static long? Number(string option, string? typed) => typed is null
        ? null
        : SpecNumber.ParseWhole(typed) ?? throw new UserException(ExitCode.BadInput, $"{option} is {typed}, but must be a whole number");

    private static ImmutableArray<long>? Rungs(string? typed) =>
        typed is null ? null : [.. typed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(r => Number("--rungs", r)!.Value)];
}
