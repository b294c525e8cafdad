using System.CommandLine;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;
using CatGan.Datasets;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan check SPEC</c>: says what is wrong with a spec, or what it would run. Needs no silo.</summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> spec = SweepArguments.Spec();
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = CommonOptions.Json("Print the experiments as one JSON object.");
        Option<bool> all = new("--all") { Description = "List every configuration, not the first 40." };
        Command command = new("check", "Say everything that is wrong with a spec, or what it would run.") { spec, store, json, all };
        command.SetAction((parse, cancel) => RunAsync(
            surroundings, parse.GetRequiredValue(spec), parse.GetRequiredValue(store), parse.GetValue(json), parse.GetValue(all), cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings, string typed, string storeUri, bool json, bool all, CancellationToken cancellationToken)
    {
        SpecFile spec = SpecFile.Load(surroundings, typed);
        (SweepDefinition definition, IReadOnlyList<string> notes) = await WarmAsync(surroundings, spec, storeUri, cancellationToken);
        SweepPreview preview = SweepPreview.Of(definition);
        if (json)
        {
            surroundings.Out.WriteLine(JsonSerializer.Serialize(preview.ToJson()));
            return ExitCode.Done;
        }
        foreach (string line in preview.Lines(all ? int.MaxValue : 40))
            surroundings.Out.WriteLine(line);
        foreach (string note in notes)
            surroundings.Error.WriteLine(note);
        await NoteMissingDataAsync(surroundings, spec, storeUri, cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>The sweep with the results that it starts from. Like a missing data set, a missing sweep is no fault of the spec.</summary>
    private static async Task<(SweepDefinition Definition, IReadOnlyList<string> Notes)> WarmAsync(
        Surroundings surroundings, SpecFile spec, string storeUri, CancellationToken cancellationToken)
    {
        if (spec.Definition.WarmStart.IsEmpty)
            return (spec.Definition, []);
        try
        {
            WarmStart warm = await WarmStart.ReadAsync(StoreOpener.Open(surroundings, storeUri), spec.Definition, spec.Places, cancellationToken);
            return warm.Faults.Count == 0 ? (warm.Definition, warm.Notes) : throw SpecFile.Faulty(spec.Path, warm.Faults);
        }
        catch (UserException e) when (e.ExitCode == ExitCode.NotFound)
        {
            return (spec.Definition, [$"note: warm_start: {e.Message}"]);
        }
    }

    /// <summary>A missing data set is no fault of the spec: it may be checked on another machine than it will run on.</summary>
    private static async Task NoteMissingDataAsync(Surroundings surroundings, SpecFile spec, string storeUri, CancellationToken cancellationToken)
    {
        if (DatasetReference.Parse(spec.Definition.Dataset).Drawn is not null)
            return;
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        foreach (int size in SpecChecks.Sizes(spec.Definition))
        {
            if (await store.GetInfoAsync(StoreLayout.Dataset(spec.Definition.Dataset, size), cancellationToken) is null)
            {
                surroundings.Error.WriteLine(
                    $"note: {storeUri} has no data set {spec.Definition.Dataset} at {size}x{size} yet; import it with `catgan data import SOURCE --name {spec.Definition.Dataset} --size {size}`");
            }
        }
    }
}
