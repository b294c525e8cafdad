using System.Text.Json;
using System.Text.Json.Serialization;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;
using CatGan.Datasets;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Says what a spec would run. Needs no silo, and starts nothing.</summary>
internal static class SpecCheck
{
    private const int ListedUnlessAll = 40;

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Writes it.</summary>
    /// <param name="store">Where earlier sweeps and data sets are looked for.</param>
    /// <param name="spec">A checked spec.</param>
    /// <param name="wish">How much, and how.</param>
    /// <param name="output">Where it is written.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What there is to say of it, a sentence each: what it would start from, and what is not in the store yet.</returns>
    /// <exception cref="UserException">The results that it starts from do not compare with its own.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(IBlobStore store, SpecFile spec, CheckWish wish, TextWriter output, CancellationToken cancellationToken)
    {
        (SweepDefinition definition, IReadOnlyList<string> notes) = await WarmAsync(store, spec, cancellationToken);
        SweepPreview preview = SweepPreview.Of(definition, wish.Most);
        if (wish.Json)
            await output.WriteLineAsync(JsonSerializer.Serialize(preview.ToJson(), Json));
        foreach (string line in wish.Json ? [] : preview.Lines(wish.All ? int.MaxValue : ListedUnlessAll))
            await output.WriteLineAsync(line);
        return [.. notes, .. await MissingDataAsync(store, spec.Definition, cancellationToken)];
    }

    /// <summary>The sweep with the results that it starts from. Like a missing data set, a missing sweep is no fault of the spec.</summary>
    private static async Task<(SweepDefinition Definition, IReadOnlyList<string> Notes)> WarmAsync(IBlobStore store, SpecFile spec, CancellationToken cancellationToken)
    {
        if (spec.Definition.WarmStart.IsEmpty)
            return (spec.Definition, []);
        try
        {
            WarmStart warm = await WarmStart.ReadAsync(store, spec.Definition, spec.Places, cancellationToken);
            return warm.Faults.Count == 0 ? (warm.Definition, warm.Notes) : throw SpecFile.Faulty(spec.Path, warm.Faults);
        }
        catch (UserException e) when (e.ExitCode == ExitCode.NotFound)
        {
            return (spec.Definition, [$"note: warm_start: {e.Message}"]);
        }
    }

    /// <summary>A missing data set is no fault of the spec: it may be checked on another machine than it will run on.</summary>
    private static async Task<IReadOnlyList<string>> MissingDataAsync(IBlobStore store, SweepDefinition definition, CancellationToken cancellationToken)
    {
        List<string> notes = [];
        if (DatasetReference.Parse(definition.Dataset).Drawn is not null)
            return notes;
        foreach (int size in SpecChecks.Sizes(definition))
        {
            if (await store.GetInfoAsync(StoreLayout.Dataset(definition.Dataset, size), cancellationToken) is null)
                notes.Add($"note: {store.Uri} has no data set {definition.Dataset} at {size}x{size} yet; import it with `catgan data import SOURCE --name {definition.Dataset} --size {size}`");
        }
        return notes;
    }
}

/// <summary>How a spec is checked.</summary>
/// <param name="Json">True for an object, false for lines.</param>
/// <param name="All">List all configurations, not the first few.</param>
/// <param name="Most">Configurations that are looked at.</param>
internal sealed record CheckWish(bool Json, bool All, int Most = int.MaxValue);
